package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transposed convolution: each input element adds the kernel, weighted, to the output. Operands:
 * image, kernel {@code [k..., out, in]}, optional bias {@code [out]}.
 *
 * <p>Along an axis the output has {@code (in - 1) stride + extent + outputPadding - begin - end}
 * elements; the window's padding is what is cut off.
 *
 * @param window size, strides, dilations and what is cut off (never "same")
 * @param outputPadding elements added at the end, per spatial axis
 * @param channelAxis 1, or the last axis of the image
 */
public record ConvTranspose(Window window, List<Integer> outputPadding, int channelAxis)
    implements Operation {

  /** Copies the list. */
  public ConvTranspose {
    outputPadding = List.copyOf(outputPadding);
    Operands.require(!window.padding().same(), "what is cut off must be known");
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType image = Operands.required(operands, 0);
    TensorType kernel = Operands.required(operands, 1);
    int rank = window.rank();
    Operands.require(kernel.rank() == rank + 2, "the kernel has shape " + kernel.shape());
    Operands.require(
        image.rank() == rank + 2
            && Operands.canBeEqual(kernel.shape().dim(rank + 1), image.shape().dim(channelAxis)),
        "the kernel " + kernel.shape() + " does not fit the image " + image.shape());
    Shape result = image.shape().withDim(channelAxis, kernel.shape().dim(rank));
    for (int i = 0; i < rank; i++) {
      int axis = Window.spatialAxis(i, channelAxis);
      int cut = window.padding().begin().get(i) + window.padding().end().get(i);
      Dim size =
          image
              .shape()
              .dim(axis)
              .plus(-1)
              .times(window.strides().get(i))
              .plus(window.extent(i) + outputPadding.get(i) - cut);
      result = result.withDim(axis, size);
    }
    return List.of(image.withShape(result));
  }
}
