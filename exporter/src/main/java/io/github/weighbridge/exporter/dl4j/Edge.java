package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.tensor.TensorType;

/**
 * A value of the model, as the network under construction has it.
 *
 * @param vertex the input or vertex whose output it is
 * @param type what it holds
 * @param masked whether Keras carries a mask along with it
 */
record Edge(String vertex, TensorType type, boolean masked) {}
