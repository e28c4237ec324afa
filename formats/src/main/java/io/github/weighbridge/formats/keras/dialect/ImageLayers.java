package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Layers that change images in training: how they do so becomes one value. */
final class ImageLayers {

  /** Those of Keras 3 that leave whole numbers as they are at inference. */
  private static final List<String> KEEPING_INTEGERS =
      List.of(
          "Equalization",
          "MaxNumBoundingBoxes",
          "MixUp",
          "RandomBrightness",
          "RandomColorDegeneration",
          "RandomColorJitter",
          "RandomContrast",
          "RandomGrayscale",
          "RandomHue",
          "RandomInvert",
          "RandomPosterization",
          "RandomSaturation");

  /** Those that give whole numbers in the type that the layer computes in. */
  private static final List<String> CASTING =
      List.of(
          "AugMix",
          "CutMix",
          "RandAugment",
          "RandomElasticTransform",
          "RandomErasing",
          "RandomFlip",
          "RandomGaussianBlur",
          "RandomHeight",
          "RandomPerspective",
          "RandomRotation",
          "RandomSharpness",
          "RandomShear",
          "RandomTranslation",
          "RandomWidth",
          "RandomZoom",
          "Solarization");

  private static final Set<String> KEPT =
      Set.of("name", "trainable", "dtype", "batch_input_shape", "casts_integers");

  private ImageLayers() {}

  /** Whether a class changes images in training alone. */
  static boolean isAugmentation(String className) {
    return KEEPING_INTEGERS.contains(className) || CASTING.contains(className);
  }

  static Tree.Obj augmentation(String className, Tree.Obj config) {
    Map<String, Tree> kept = new LinkedHashMap<>();
    Map<String, Tree> options = new LinkedHashMap<>();
    config.members().forEach((key, value) -> (KEPT.contains(key) ? kept : options).put(key, value));
    Tree.Obj canonical = (Tree.Obj) Tree.of(kept).movedTo(config.pointer());
    return canonical
        .with("options", Tree.of(options))
        .withDefault("casts_integers", Tree.of(CASTING.contains(className)));
  }
}
