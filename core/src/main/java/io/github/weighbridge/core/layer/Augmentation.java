package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's layers that change images in training and leave them as they are at inference:
 * RandomFlip, MixUp, RandAugment...
 *
 * @param kind which, by Keras's class name
 * @param options how it changes images in training
 * @param castsIntegers whether whole numbers become the type that the layer computes in
 */
public record Augmentation(String kind, Tree options, boolean castsIntegers) implements Layer {

  /** Keras's class names; RandomHeight and RandomWidth are in Keras 2 alone. */
  static final List<String> KINDS =
      List.of(
          "AugMix",
          "CutMix",
          "Equalization",
          "MaxNumBoundingBoxes",
          "MixUp",
          "RandAugment",
          "RandomBrightness",
          "RandomColorDegeneration",
          "RandomColorJitter",
          "RandomContrast",
          "RandomElasticTransform",
          "RandomErasing",
          "RandomFlip",
          "RandomGaussianBlur",
          "RandomGrayscale",
          "RandomHeight",
          "RandomHue",
          "RandomInvert",
          "RandomPerspective",
          "RandomPosterization",
          "RandomRotation",
          "RandomSaturation",
          "RandomSharpness",
          "RandomShear",
          "RandomTranslation",
          "RandomWidth",
          "RandomZoom",
          "Solarization");

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType input = call.input();
    return List.of(castsIntegers ? input.withDtype(call.computeType()) : input);
  }
}
