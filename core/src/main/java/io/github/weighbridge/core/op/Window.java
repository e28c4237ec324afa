package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A window that moves over the spatial axes of an image.
 *
 * @param size elements per spatial axis
 * @param strides steps of the window
 * @param dilations distance between neighbouring elements of the window
 * @param padding what is added around the image
 */
public record Window(
    List<Integer> size, List<Integer> strides, List<Integer> dilations, Padding padding) {

  /** Copies the lists; they have one entry per spatial axis. */
  public Window {
    size = List.copyOf(size);
    strides = List.copyOf(strides);
    dilations = List.copyOf(dilations);
    Operands.require(
        size.size() == strides.size()
            && size.size() == dilations.size()
            && size.size() == padding.begin().size()
            && size.size() == padding.end().size(),
        "a window has one size, stride, dilation and padding per spatial axis");
  }

  /** A window without dilation. */
  public static Window of(List<Integer> size, List<Integer> strides, Padding padding) {
    return new Window(size, strides, Collections.nCopies(size.size(), 1), padding);
  }

  /** How many spatial axes there are. */
  public int rank() {
    return size.size();
  }

  /** How far the window reaches along an axis, gaps included. */
  public int extent(int axis) {
    return (size.get(axis) - 1) * dilations.get(axis) + 1;
  }

  /** How many places the window has along an axis of the image. */
  public Dim places(int axis, Dim image) {
    if (padding.same()) {
      return image.ceilDiv(strides.get(axis));
    }
    int pad = padding.begin().get(axis) + padding.end().get(axis);
    Operands.require(
        !image.isFixed() || image.size() + pad >= extent(axis),
        "a window of " + extent(axis) + " does not fit an axis of " + image + " padded by " + pad);
    // As the layers have it, so that both give one symbolic size the same name.
    return image.plus((long) pad - extent(axis) + 1).ceilDiv(strides.get(axis));
  }

  /** The padding as numbers, for an image whose spatial sizes are known. */
  public Padding paddingFor(List<Long> spatial) {
    if (!padding.same()) {
      return padding;
    }
    List<Integer> begin = new ArrayList<>();
    List<Integer> end = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      int total = sameTotal(spatial.get(i), extent(i), strides.get(i));
      begin.add(total / 2);
      end.add(total - total / 2);
    }
    return Padding.of(begin, end);
  }

  /** How much "same" adds to an axis in all: so much that {@code ceil(in / stride)} places fit. */
  public static int sameTotal(long in, int extent, int stride) {
    long places = (in + stride - 1) / stride;
    return (int) Math.max((places - 1) * stride + extent - in, 0);
  }

  /** Refuses an array that has not so many spatial axes. */
  void requireImage(Shape image) {
    Operands.require(
        image.rank() == rank() + 2,
        "an image of rank " + (rank() + 2) + " is needed, got " + image);
  }

  /** The shape of an image with this window's places, and other channels. */
  Shape slide(Shape image, int channelAxis, Dim channels) {
    requireImage(image);
    Shape result = image.withDim(channelAxis, channels);
    for (int i = 0; i < rank(); i++) {
      int axis = spatialAxis(i, channelAxis);
      result = result.withDim(axis, places(i, image.dim(axis)));
    }
    return result;
  }

  /** The image axis of a spatial axis: channels stand at 1 or at the end. */
  public static int spatialAxis(int index, int channelAxis) {
    return channelAxis == 1 ? index + 2 : index + 1;
  }
}
