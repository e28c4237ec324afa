package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Augmentation;
import io.github.weighbridge.core.layer.Identity;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.layer.RandomCrop;
import io.github.weighbridge.core.layer.Rescaling;
import io.github.weighbridge.core.layer.Resizing;
import io.github.weighbridge.core.layer.UpSampling;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Layers of images as the other generation has them. Of whole numbers tf.keras makes fractions,
 * while Keras 3 goes back to whole numbers in the end; and what only changes images in training
 * stands for what it does at inference where the target has it not.
 */
final class ImageLayers {

  private static final Set<String> TF_KERAS_ONLY = Set.of("RandomHeight", "RandomWidth");

  private static final Set<String> OF_BOTH =
      Set.of(
          "RandomBrightness",
          "RandomContrast",
          "RandomFlip",
          "RandomRotation",
          "RandomTranslation",
          "RandomZoom");

  /** The next layer is given numbers of its own type: 1 x + 0. */
  private static final Rescaling TO_FRACTIONS = new Rescaling(Numbers.of(1), Numbers.of(0), true);

  private final Compositions compositions;
  private final Problems problems;

  /**
   * Rules for a model's layers.
   *
   * @param problems takes what is no more changed in training, as warnings
   */
  ImageLayers(Compositions compositions, Problems problems) {
    this.compositions = compositions;
    this.problems = problems;
  }

  /** The network for a layer that Keras 3 takes otherwise. */
  Optional<LayerInstance> toKeras3(LayerInstance instance, Place place) {
    Layer layer = instance.layer();
    if (layer instanceof RandomCrop crop && crop.resizes() && !crop.cutsBefore()) {
      return dropped(instance, resized(crop), place);
    }
    if (layer instanceof Augmentation own && TF_KERAS_ONLY.contains(own.kind())) {
      return dropped(instance, new Identity(true), place);
    }
    return changed(layer, true)
        .flatMap(other -> ofFloats(instance, other).or(() -> ofFractions(instance, other)));
  }

  /** The network for a layer that tf.keras takes otherwise. */
  Optional<LayerInstance> toTfKeras(LayerInstance instance, Place place) {
    Layer layer = instance.layer();
    boolean keras3Only =
        layer instanceof Augmentation own
            && !OF_BOTH.contains(own.kind())
            && !TF_KERAS_ONLY.contains(own.kind());
    if (keras3Only && layer instanceof Augmentation own && own.castsIntegers()) {
      return dropped(instance, new Identity(false), place);
    }
    boolean uncropped = layer instanceof RandomCrop crop && !crop.resizes();
    if (keras3Only || (uncropped && isOfComputeType(instance))) {
      tellDropped(instance, place);
      return Optional.of(instance.withLayer(new Identity(false)));
    }
    return changed(layer, false)
        .flatMap(
            other ->
                ofFloats(instance, other)
                    .or(() -> compositions.of(instance).flatMap(n -> rounded(other, n))));
  }

  /** What tf.keras does with an image that it does not cut at random. */
  private static Resizing resized(RandomCrop layer) {
    return new Resizing(
        layer.height(),
        layer.width(),
        "bilinear",
        true,
        false,
        "constant",
        0,
        false,
        layer.dataFormat(),
        true);
  }

  private Optional<LayerInstance> dropped(LayerInstance instance, Layer other, Place place) {
    boolean whole = isWhole(instance);
    if (!whole && !isOfComputeType(instance)) {
      return Optional.empty();
    }
    tellDropped(instance, place);
    return whole
        ? compositions.chained(instance, List.of(TO_FRACTIONS, other), 1)
        : Optional.of(instance.withLayer(other));
  }

  private void tellDropped(LayerInstance instance, Place place) {
    problems.warning(
        ProblemCode.TARGET_DROPS,
        place,
        "stays as what it does at inference: the target has no layer that does so and the same in training",
        instance.className(),
        "");
  }

  /** The layer with the other generation's rule for whole numbers, if it has such a rule. */
  private static Optional<Layer> changed(Layer layer, boolean keeps) {
    if (layer instanceof Resizing own && own.keepsIntegers() != keeps) {
      return with(layer, "keeps_integers", keeps);
    }
    if (layer instanceof UpSampling own
        && own.keepsType() != keeps
        && !own.interpolation().equals("nearest")) {
      return with(layer, "keeps_type", keeps);
    }
    return layer instanceof Augmentation own && own.castsIntegers() && keeps
        ? with(layer, "casts_integers", false)
        : Optional.empty();
  }

  private static Optional<Layer> with(Layer layer, String key, boolean value) {
    return LayerCatalog.with(layer, Tree.object().with(key, Tree.of(value)));
  }

  /** The layer itself, where it is given no whole numbers, which alone the rule is for. */
  private Optional<LayerInstance> ofFloats(LayerInstance instance, Layer layer) {
    return layer instanceof Resizing
            && compositions.inputType(instance).filter(DataType::isFloating).isPresent()
        ? Optional.of(instance.withLayer(layer))
        : Optional.empty();
  }

  /** The layer behind a cast, where it is given whole numbers. */
  private Optional<LayerInstance> ofFractions(LayerInstance instance, Layer layer) {
    return instance.dtype().compute() == DataType.FLOAT32 && isWhole(instance)
        ? compositions.chained(instance, List.of(TO_FRACTIONS, layer), 1)
        : Optional.empty();
  }

  /** The layer, and its results as whole numbers again where it is given such. */
  private static Optional<LayerInstance> rounded(Layer layer, Composition network) {
    DataType type = network.input().type().dtype();
    if (!type.isInteger() || network.layer().dtype().compute() != DataType.FLOAT32) {
      return Optional.empty();
    }
    Value fractions = network.named(layer, Map.of(), network.input()).get(0);
    Value rounded = network.function("Round", Tree.object(), fractions);
    Tree.Obj whole = Tree.object().with("dtype", Tree.of(type.kerasName()));
    return Optional.of(network.returning(network.function("SaturateCast", whole, rounded)));
  }

  private boolean isWhole(LayerInstance instance) {
    return compositions.inputType(instance).filter(DataType::isInteger).isPresent();
  }

  private boolean isOfComputeType(LayerInstance instance) {
    return compositions
        .inputType(instance)
        .filter(type -> type == instance.dtype().compute())
        .isPresent();
  }
}
