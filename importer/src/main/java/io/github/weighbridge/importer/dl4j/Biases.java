package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bias by itself, which no layer of Keras is: a normalisation of nothing, that adds it. */
final class Biases {

  private Biases() {}

  /** A layer that adds a bias along the last axis. */
  static BatchNormalization layer() {
    return normalization(false);
  }

  /** A layer that multiplies by factors along the last axis first. */
  static BatchNormalization scaled() {
    return normalization(true);
  }

  private static BatchNormalization normalization(boolean scale) {
    return new BatchNormalization(
        -1,
        1,
        0,
        true,
        scale,
        false,
        WeightTerms.zeros(),
        WeightTerms.ones(),
        WeightTerms.zeros(),
        WeightTerms.ones(),
        null,
        null,
        null,
        null);
  }

  /** Its weights. */
  static Map<String, WeightRef> weights(WeightRef bias) {
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("beta", bias);
    weights.put("moving_mean", WeightRef.filled(bias.dtype(), 0, bias.count()));
    weights.put("moving_variance", WeightRef.filled(bias.dtype(), 1, bias.count()));
    return weights;
  }
}
