package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;

/**
 * A value of the model, and how DL4J sees it. Sequences are kept as Keras has them wherever a layer
 * made them, so that no axes are turned between two such layers.
 *
 * @param value what the model has
 * @param view what DL4J has in its place
 */
record Signal(Value value, View view) {

  /** How DL4J's array and the model's differ. */
  enum View {
    /** Not at all. */
    SAME,
    /** DL4J's is {@code [batch, features, steps]}, the model's {@code [batch, steps, features]}. */
    FEATURES_FIRST,
    /** DL4J has batch and steps in one axis, the model {@code [batch, steps, ...]}. */
    FLAT_STEPS
  }

  /** A value that is the same in DL4J. */
  static Signal same(Value value) {
    return new Signal(value, View.SAME);
  }

  /** The rank of the model's value. */
  int rank() {
    return value.type().rank();
  }
}
