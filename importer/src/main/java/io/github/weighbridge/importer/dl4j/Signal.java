package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;

/**
 * A value of the model, and how DL4J sees it. Sequences are kept as Keras has them wherever a layer
 * made them, so that no axes are turned between two such layers; images are where a file of ours
 * says that they were so.
 *
 * @param value what the model has
 * @param view what DL4J has in its place
 */
record Signal(Value value, View view) {

  /** How DL4J's array and the model's differ. */
  enum View {
    /** Not at all. */
    SAME,
    /**
     * The model's last axis stands behind the batch: DL4J's is {@code [batch, features, steps]} or
     * {@code [batch, channels, height, width]}, the model's {@code [batch, steps, features]} or
     * {@code [batch, height, width, channels]}.
     */
    FEATURES_FIRST,
    /** DL4J has batch and steps in one axis, the model {@code [batch, steps, ...]}. */
    FLAT_STEPS
  }

  /** A value that is the same in DL4J. */
  static Signal same(Value value) {
    return new Signal(value, View.SAME);
  }

  /** The axis of the model's value that is an axis of DL4J's array, batch and steps apart. */
  int axis(int dl4j) {
    return switch (view) {
      case SAME -> dl4j;
      case FEATURES_FIRST -> dl4j == 0 ? 0 : dl4j == 1 ? rank() - 1 : dl4j - 1;
      case FLAT_STEPS -> dl4j == 0 ? 0 : dl4j + 1;
    };
  }

  /** The rank of the model's value. */
  int rank() {
    return value.type().rank();
  }
}
