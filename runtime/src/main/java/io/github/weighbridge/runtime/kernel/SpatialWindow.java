package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A window over a channels-last image of known size, as ND4J's operations take it.
 *
 * @param window as the operation has it, but with its padding in numbers
 * @param spatial the image's sizes without batch and channels
 */
record SpatialWindow(Window window, List<Long> spatial) {

  /** The window of an operation on an image {@code [batch, spatial..., channels]}. */
  static SpatialWindow of(Window window, long... image) {
    List<Long> spatial = Arrays.stream(image, 1, image.length - 1).boxed().toList();
    return new SpatialWindow(
        new Window(window.size(), window.strides(), window.dilations(), window.paddingFor(spatial)),
        spatial);
  }

  int rank() {
    return window.rank();
  }

  /** One-dimensional windows as two-dimensional ones of height 1; ND4J's conv1d is broken. */
  SpatialWindow lifted() {
    if (rank() != 1) {
      return this;
    }
    Padding padding = window.padding();
    Window flat =
        new Window(
            lifted(1, window.size()),
            lifted(1, window.strides()),
            lifted(1, window.dilations()),
            Padding.of(lifted(0, padding.begin()), lifted(0, padding.end())));
    return new SpatialWindow(flat, lifted(1L, spatial));
  }

  private static <T> List<T> lifted(T first, List<T> rest) {
    List<T> list = new ArrayList<>(List.of(first));
    list.addAll(rest);
    return list;
  }

  /** The shape of an image or kernel with that axis of height put in, if this is such a window. */
  static long[] liftedSizes(long[] sizes, int at) {
    if (sizes.length != 3) {
      return sizes;
    }
    return LongStream.concat(
            LongStream.concat(Arrays.stream(sizes, 0, at), LongStream.of(1)),
            Arrays.stream(sizes, at, sizes.length))
        .toArray();
  }

  boolean isDilated() {
    return window.dilations().stream().anyMatch(d -> d > 1);
  }

  /** Whether the window is one element. */
  boolean isPoint() {
    return window.size().stream().allMatch(s -> s == 1);
  }

  boolean hasStrides() {
    return window.strides().stream().anyMatch(s -> s > 1);
  }

  /** Whether ND4J cannot pad so, and the image must be padded before. */
  boolean needsPadding() {
    return !isSymmetric() && !isSame();
  }

  boolean isSymmetric() {
    return window.padding().begin().equals(window.padding().end());
  }

  private boolean isSame() {
    for (int i = 0; i < rank(); i++) {
      int total = Window.sameTotal(spatial.get(i), window.extent(i), window.strides().get(i));
      if (window.padding().begin().get(i) != total / 2
          || window.padding().end().get(i) != total - total / 2) {
        return false;
      }
    }
    return true;
  }

  /** The shape of an image of this shape with the padding around it. */
  long[] paddedSizes(long... image) {
    long[] sizes = image.clone();
    for (int i = 0; i < rank(); i++) {
      sizes[i + 1] += window.padding().begin().get(i) + window.padding().end().get(i);
    }
    return sizes;
  }

  /** Where the image stands within the padded one. */
  long[] imageOffset() {
    long[] offset = new long[rank() + 2];
    for (int i = 0; i < rank(); i++) {
      offset[i + 1] = window.padding().begin().get(i);
    }
    return offset;
  }

  /** This window over the padded image. */
  SpatialWindow onPadded() {
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      sizes.add(spatial.get(i) + window.padding().begin().get(i) + window.padding().end().get(i));
    }
    Window bare =
        new Window(window.size(), window.strides(), window.dilations(), Padding.none(rank()));
    return new SpatialWindow(bare, sizes);
  }

  /** Size, strides, padding, dilations and padding mode, followed by further arguments. */
  long[] arguments(long... further) {
    return arguments(!isSymmetric(), further);
  }

  /** The same, with padding by ND4J's "same" mode or in numbers. */
  long[] arguments(boolean same, long... further) {
    List<Integer> padding = same ? Padding.none(rank()).begin() : window.padding().begin();
    return LongStream.concat(
            Stream.of(window.size(), window.strides(), padding, window.dilations())
                .flatMap(List::stream)
                .mapToLong(Integer::longValue),
            LongStream.concat(LongStream.of(same ? 1 : 0), Arrays.stream(further)))
        .toArray();
  }
}
