package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolution (correlation: the kernel is not flipped). Operands: image, kernel {@code [k...,
 * in/groups, out]}, optional bias {@code [out]}.
 *
 * @param window size, strides, dilations and padding
 * @param groups into how many groups the channels are split; depthwise has as many as channels
 * @param channelAxis 1, or the last axis of the image
 */
public record Conv(Window window, int groups, int channelAxis) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType image = Operands.required(operands, 0);
    TensorType kernel = Operands.required(operands, 1);
    int rank = window.rank();
    window.requireImage(image.shape());
    Operands.require(kernel.rank() == rank + 2, "the kernel has shape " + kernel.shape());
    Dim in = kernel.shape().dim(rank).times(groups);
    Operands.require(
        Operands.canBeEqual(in, image.shape().dim(channelAxis)),
        "the kernel takes " + in + " channels, the image " + image.shape() + " has another number");
    Dim out = kernel.shape().dim(rank + 1);
    return List.of(image.withShape(window.slide(image.shape(), channelAxis, out)));
  }
}
