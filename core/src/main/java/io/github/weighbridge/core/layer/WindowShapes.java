package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.List;

/** The shapes that windows make, by Keras's rules for padding. */
final class WindowShapes {

  /** How far a window may reach: so far that sums of a few of them fit an int. */
  private static final int MAX_EXTENT = 1 << 24;

  private WindowShapes() {}

  static void requireSameRank(List<Integer> size, List<Integer> strides, List<Integer> dilation) {
    Rules.require(
        size.size() == strides.size() && size.size() == dilation.size(),
        "kernel_size "
            + size
            + ", strides "
            + strides
            + " and dilation_rate "
            + dilation
            + " must have the same length");
    Rules.require(
        size.stream().allMatch(n -> n > 0)
            && strides.stream().allMatch(n -> n > 0)
            && dilation.stream().allMatch(n -> n > 0),
        "sizes, strides and dilations must be positive");
    Rules.require(
        !size.isEmpty() && size.size() <= 3,
        "kernel_size must have 1, 2 or 3 numbers, got " + size);
    for (int i = 0; i < size.size(); i++) {
      long extent = (size.get(i) - 1L) * dilation.get(i) + 1;
      Rules.require(extent <= MAX_EXTENT, "a window of " + extent + " elements is too large");
    }
  }

  /** How many channels an image has, which must be known. */
  static long channels(Shape image, DataFormat format) {
    return Rules.knownSize(image, format.channelAxis(image.rank()), "the number of channels");
  }

  /** The shape {@code [k..., second last, last]}. */
  static long[] kernel(List<Integer> size, long secondLast, long last) {
    long[] sizes = new long[size.size() + 2];
    for (int i = 0; i < size.size(); i++) {
      sizes[i] = size.get(i);
    }
    sizes[size.size()] = secondLast;
    sizes[size.size() + 1] = last;
    return sizes;
  }

  /** The image axis of a spatial axis. */
  static int spatialAxis(int index, DataFormat format) {
    return format == DataFormat.CHANNELS_FIRST ? index + 2 : index + 1;
  }

  /** The shape of an image with a window's places as spatial sizes. */
  static Shape slide(
      Shape image,
      DataFormat format,
      long channels,
      List<Integer> size,
      List<Integer> strides,
      List<Integer> dilation,
      WindowPadding padding) {
    Shape result = image.withDim(format.channelAxis(image.rank()), Dim.of(channels));
    for (int i = 0; i < size.size(); i++) {
      int axis = spatialAxis(i, format);
      int extent = (size.get(i) - 1) * dilation.get(i) + 1;
      Dim in = image.dim(axis);
      Dim places;
      if (padding == WindowPadding.VALID) {
        Rules.require(
            !in.isFixed() || in.size() >= extent,
            "a window of " + extent + " does not fit an axis of " + in);
        places = in.plus(1L - extent).ceilDiv(strides.get(i));
      } else {
        places = in.ceilDiv(strides.get(i));
      }
      result = result.withDim(axis, places);
    }
    return result;
  }
}
