package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;

/**
 * A value of the model, as the network under construction has it.
 *
 * @param vertex the input or vertex whose output it is
 * @param type what it is in Keras
 * @param masked whether Keras carries a mask along with it
 * @param layout how the vertex's array lies against that
 */
record Edge(String vertex, TensorType type, boolean masked, ArrayLayout layout) {

  /** Below the rank that has channels beside other axes, there is one layout. */
  Edge {
    layout = type.rank() < ArrayLayout.LEAST_RANK ? ArrayLayout.LAST : layout;
  }

  /** The shape of the vertex's array. */
  Shape shape() {
    return layout.shape(type.shape());
  }

  /** Whether the array has its axes in another order than Keras. */
  boolean isTurned() {
    return layout == ArrayLayout.TURNED;
  }

  /** The same value in another layout, as the output of another vertex. */
  Edge withLayout(ArrayLayout newLayout, String newVertex) {
    return new Edge(newVertex, type, masked, newLayout);
  }
}
