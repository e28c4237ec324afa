package io.github.weighbridge.core.layer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The window of a transposed convolution, and how Keras pads it.
 *
 * @param outputPadding elements more per spatial axis; null has the size of the result follow from
 *     the padding alone
 */
public record TransposedWindow(
    List<Integer> kernelSize,
    List<Integer> strides,
    List<Integer> dilationRate,
    WindowPadding padding,
    @Nullable List<Integer> outputPadding) {

  /** Copies the lists. */
  public TransposedWindow {
    kernelSize = List.copyOf(kernelSize);
    strides = List.copyOf(strides);
    dilationRate = List.copyOf(dilationRate);
    outputPadding = outputPadding == null ? null : List.copyOf(outputPadding);
    WindowShapes.requireSameRank(kernelSize, strides, dilationRate);
    Rules.require(
        outputPadding == null || outputPadding.size() == kernelSize.size(),
        "output_padding must have one size per spatial axis");
    Rules.require(padding != WindowPadding.CAUSAL, "padding must be valid or same");
  }

  /** How many spatial axes the image has. */
  public int rank() {
    return kernelSize.size();
  }

  /** How far the kernel reaches along a spatial axis, gaps included. */
  public int extent(int axis) {
    return (kernelSize.get(axis) - 1) * dilationRate.get(axis) + 1;
  }

  /**
   * What is cut off a spatial axis: the full transposed convolution has {@code (in - 1) stride +
   * extent} elements, of which {@code begin} are cut before and {@code end} after (negative: zeros
   * are added there). The sums are Keras's {@code deconv_output_length}; where the cut falls is
   * TensorFlow's: what is odd falls at the end.
   */
  public int[] cut(int axis) {
    int extent = extent(axis);
    int stride = strides.get(axis);
    int total;
    if (outputPadding == null) {
      // in * stride (+ extent - stride where that is positive, without padding).
      total = padding == WindowPadding.SAME ? extent - stride : Math.min(0, extent - stride);
    } else {
      int pad = padding == WindowPadding.SAME ? extent / 2 : 0;
      total = 2 * pad - outputPadding.get(axis);
    }
    int begin = Math.max(0, total) / 2;
    return new int[] {begin, total - begin};
  }
}
