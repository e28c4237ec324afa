/**
 * The vocabulary of operations: what ONNX and ND4J speak. One record per operation or family, with
 * the types of its outputs; how it is computed stands in the kernels and exporters that translate
 * it.
 *
 * <p>Common rules: axes are counted from 0 and never negative; windows and images carry the axis of
 * their channels (1 or the last), the batch is axis 0 and every other axis is spatial; convolution
 * kernels stand in Keras's layout {@code [k..., in/groups, out]} whatever the axis is.
 */
@NullMarked
package io.github.weighbridge.core.op;

import org.jspecify.annotations.NullMarked;
