package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.CategoryOutput;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.IndexLookup;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.layer.Relu;
import io.github.weighbridge.core.layer.Rescaling;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.TextVectorization;
import io.github.weighbridge.core.layer.ThresholdedRelu;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.layer.ZeroPadding;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a model to what a generation of Keras can express, where another way to say it computes
 * the same: each rule is exact.
 */
final class Fitting {

  private final Model model;
  private final boolean keras3;
  private final HardSigmoids hardSigmoids;
  private final Problems problems;
  private final Map<LayerId, LayerInstance> fitted = new LinkedHashMap<>();
  private final Chains chains;
  private boolean rescaled;

  private Fitting(Model model, boolean keras3, Problems problems) {
    this.model = model;
    this.keras3 = keras3;
    this.hardSigmoids = keras3 ? HardSigmoids.toKeras3() : HardSigmoids.toKeras2();
    this.problems = problems;
    this.chains = new Chains(model, fitted);
  }

  /**
   * A model, and whether its weights were scaled: then the state of an optimizer fits no longer.
   */
  record Fitted(Model model, boolean rescaled) {}

  /** The model as Keras 3 can express it, or tf.keras 2.15. */
  static Fitted of(Model model, boolean keras3, Problems problems) {
    Fitting fitting = new Fitting(model, keras3, problems);
    model.layers().forEach(layer -> fitting.fitted.put(layer.id(), layer));
    model.layers().forEach(fitting::fit);
    fitting.rename();
    if (!keras3) {
      TfKerasInputs.check(model, problems);
    }
    return new Fitted(model.withLayers(fitting.fitted.values()), fitting.rescaled);
  }

  private void fit(LayerInstance instance) {
    Optional<LayerInstance> scaled = hardSigmoids.rescaled(instance);
    rescaled |= scaled.isPresent();
    scaled
        .or(() -> replaced(instance))
        .ifPresent(replacement -> fitted.put(instance.id(), replacement));
  }

  private Optional<LayerInstance> replaced(LayerInstance instance) {
    Layer layer = instance.layer();
    Optional<Double> factor = hardSigmoids.factorOf(layer);
    if (factor.isPresent()) {
      // No weight stands before the function: a factor does.
      List<Layer> chain =
          List.of(
              new Rescaling(Numbers.of(factor.get()), Numbers.of(0), true),
              new ActivationLayer(hardSigmoids.target()));
      return chains.chained(instance, chain, 1);
    }
    if (layer instanceof Convolution convolution && convolution.padding() == WindowPadding.HALF) {
      ZeroPadding margins =
          margins(convolution.kernelSize(), convolution.dilationRate(), 2, instance.layer());
      return chains.chained(instance, List.of(margins, unpadded(layer)), 1);
    }
    if (!keras3) {
      return Optional.empty();
    }
    if (layer instanceof ThresholdedRelu thresholded) {
      return Optional.of(instance.withLayer(relu(thresholded, instance)));
    }
    if (layer instanceof SeparableConvolution convolution
        && convolution.padding() == WindowPadding.CAUSAL) {
      ZeroPadding margins =
          margins(convolution.kernelSize(), convolution.dilationRate(), 1, instance.layer());
      return chains.chained(instance, List.of(margins, unpadded(layer)), 1);
    }
    return counted(layer)
        .flatMap(
            lookup ->
                chains.chained(
                    instance,
                    List.of(lookup, new Rescaling(Numbers.of(1), Numbers.of(0), true)),
                    0));
  }

  /** A lookup that gives whole numbers, as those of Keras 3 do, for one that gives float32. */
  private static Optional<Layer> counted(Layer layer) {
    boolean floats =
        (layer instanceof IndexLookup lookup
                && lookup.outputDtype() == DataType.FLOAT32
                && lookup.outputMode() != CategoryOutput.TF_IDF)
            || (layer instanceof TextVectorization text
                && text.outputDtype() == DataType.FLOAT32
                && text.outputMode() != CategoryOutput.TF_IDF);
    return floats
        ? Optional.of(with(layer, "output_dtype", Tree.of(DataType.INT64.kerasName())))
        : Optional.empty();
  }

  /** The zeros that "half" (of 2) or "causal" (of 1) puts before an image, and behind it. */
  private static ZeroPadding margins(
      List<Integer> kernelSize, List<Integer> dilationRate, int part, Layer layer) {
    List<List<Integer>> margins = new ArrayList<>();
    for (int i = 0; i < kernelSize.size(); i++) {
      int extent = (kernelSize.get(i) - 1) * dilationRate.get(i) + 1;
      int before = part == 1 ? extent - 1 : extent / 2;
      margins.add(List.of(before, extent - 1 - before));
    }
    return new ZeroPadding(
        margins,
        layer instanceof Convolution convolution
            ? convolution.dataFormat()
            : ((SeparableConvolution) layer).dataFormat());
  }

  private static Layer unpadded(Layer layer) {
    return with(layer, "padding", Tree.of("valid"));
  }

  private static Layer with(Layer layer, String key, Tree value) {
    Record record = (Record) layer;
    return (Layer)
        LayerCatalog.binder()
            .bind(
                record.getClass(),
                LayerCatalog.binder().write(record).with(key, value),
                Place.UNKNOWN,
                new Problems())
            .orElseThrow();
  }

  /** {@code x > theta} is {@code x >= the next number}. */
  private static Relu relu(ThresholdedRelu layer, LayerInstance instance) {
    boolean wide = instance.dtype().compute() == DataType.FLOAT64;
    double threshold =
        wide ? Math.nextUp(layer.theta()) : (double) Math.nextUp((float) layer.theta());
    return new Relu(null, 0, threshold);
  }

  /** Keras 3 has no slashes in names; those of tf.keras are scopes of TensorFlow. */
  private void rename() {
    Set<String> taken = new HashSet<>();
    fitted.values().forEach(layer -> taken.add(layer.name()));
    Map<LayerId, LayerInstance> renamed = new HashMap<>();
    for (LayerInstance layer : fitted.values()) {
      String allowed =
          keras3
              ? layer.name().replace('/', '_')
              : layer.name().replaceAll("^[^A-Za-z0-9.]|[^A-Za-z0-9_.\\\\/>-]", "_");
      if (!keras3 && allowed.startsWith("_")) {
        allowed = "layer" + allowed;
      }
      if (!allowed.equals(layer.name())) {
        String name = allowed;
        for (int i = 1; !taken.add(name); i++) {
          name = allowed + "_" + i;
        }
        problems.warning(
            ProblemCode.TARGET_DROPS,
            Place.file(model.provenance().file())
                .withLayer(layer.name(), layer.className())
                .withKey("name"),
            keras3
                ? "Keras 3 has no slash in names of layers; the layer is renamed"
                : "TensorFlow has no such name of a scope; the layer is renamed",
            name,
            "");
        renamed.put(layer.id(), layer.withName(name));
      }
    }
    fitted.putAll(renamed);
  }
}
