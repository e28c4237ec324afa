package io.github.weighbridge.core.layer;

import java.util.ArrayList;
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
      total = padding == WindowPadding.VALID ? Math.min(0, extent - stride) : extent - stride;
    } else {
      total = 2 * pad(axis) - outputPadding.get(axis);
    }
    int begin = padding == WindowPadding.HALF ? extent / 2 : Math.max(0, total) / 2;
    return new int[] {begin, total - begin};
  }

  /** How much Keras takes for padded on each side when it is told the output's padding. */
  private int pad(int axis) {
    return padding == WindowPadding.VALID ? 0 : extent(axis) / 2;
  }

  /**
   * This window with the padding that gives an output of stated sizes.
   *
   * @param image the spatial sizes of the input
   */
  TransposedWindow giving(List<Integer> output, List<Integer> image) {
    List<Integer> paddings = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      int full = (image.get(i) - 1) * strides.get(i) + extent(i);
      Rules.require(
          padding != WindowPadding.VALID || output.get(i) >= full,
          "output_size must be at least " + full + " without padding, got " + output.get(i));
      paddings.add(2 * pad(i) - (full - output.get(i)));
    }
    return new TransposedWindow(kernelSize, strides, dilationRate, padding, paddings);
  }
}
