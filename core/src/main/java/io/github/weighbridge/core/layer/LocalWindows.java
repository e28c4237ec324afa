package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.List;

/**
 * Which elements of an image the windows of a locally connected layer have, and its kernel in the
 * one layout {@code [places, window channels, filters]} that the three implementations of Keras
 * come to, the channels last.
 */
public final class LocalWindows {

  private static final int OUTSIDE = -1;

  private final LocallyConnected layer;
  private final int places;
  private final int size;
  private final int imageSize;
  private final int channels;
  private final int[] elements;

  /**
   * The windows of a layer.
   *
   * @param image the shape of the input, whose spatial sizes must be known
   * @param channels how many channels the image has
   */
  public LocalWindows(LocallyConnected layer, Shape image, int channels) {
    this.layer = layer;
    this.channels = channels;
    this.places = product(layer.places(image));
    this.size = product(layer.kernelSize());
    this.imageSize = product(layer.imageSizes(image));
    this.elements = elements(layer.imageSizes(image), layer.places(image));
  }

  private static int product(List<Integer> sizes) {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }

  /** How many windows there are. */
  public int places() {
    return places;
  }

  /** How many elements a window has. */
  public int size() {
    return size;
  }

  /** How many elements the image has. */
  public int imageSize() {
    return imageSize;
  }

  /** The elements of every window, {@code [places, size]}; any one for those outside. */
  public int[] indices() {
    return Arrays.stream(elements).map(element -> Math.max(0, element)).toArray();
  }

  private int[] elements(List<Integer> image, List<Integer> counts) {
    int[] all = new int[places * size];
    for (int place = 0; place < places; place++) {
      for (int k = 0; k < size; k++) {
        all[place * size + k] = element(image, counts, place, k);
      }
    }
    return all;
  }

  private int element(List<Integer> image, List<Integer> counts, int place, int k) {
    int element = 0;
    int scale = 1;
    int restPlace = place;
    int restK = k;
    for (int axis = layer.rank() - 1; axis >= 0; axis--) {
      int at =
          layer.begin(axis, restPlace % counts.get(axis)) + restK % layer.kernelSize().get(axis);
      if (at < 0 || at >= image.get(axis)) {
        return OUTSIDE;
      }
      element += at * scale;
      scale *= image.get(axis);
      restPlace /= counts.get(axis);
      restK /= layer.kernelSize().get(axis);
    }
    return element;
  }

  /** The kernel in the common layout; zeros for what lies outside the image. */
  public WeightRef kernel(WeightRef stored) {
    int filters = layer.filters();
    boolean first = layer.dataFormat() == DataFormat.CHANNELS_FIRST;
    WeightRef kernel =
        switch (layer.implementation()) {
          case 1 ->
              first
                  ? stored.reshaped(places, channels, size, filters).transposed(0, 2, 1, 3)
                  : stored;
          case 2 -> dense(stored, first);
          default -> sparse(stored, first);
        };
    return kernel.reshaped(places, (long) size * channels, filters);
  }

  private WeightRef dense(WeightRef stored, boolean first) {
    int filters = layer.filters();
    WeightRef ordered =
        first
            ? stored.reshaped(channels, imageSize, filters, places).transposed(1, 0, 3, 2)
            : stored;
    long rows = (long) imageSize * channels * places;
    long[] used = new long[places * size * channels];
    for (int i = 0; i < used.length; i++) {
      int element = elements[i / channels];
      int place = i / channels / size;
      used[i] =
          element == OUTSIDE ? rows : ((long) element * channels + i % channels) * places + place;
    }
    return withZeros(ordered.reshaped(rows, filters), filters).gathered(0, used);
  }

  private WeightRef sparse(WeightRef stored, boolean first) {
    int filters = layer.filters();
    int[] before = new int[places * size + 1];
    for (int i = 0; i < elements.length; i++) {
      before[i + 1] = before[i] + (elements[i] == OUTSIDE ? 0 : 1);
    }
    int all = before[elements.length];
    long[] used = new long[Math.multiplyExact(places * size * channels, filters)];
    for (int i = 0; i < used.length; i++) {
      int filter = i % filters;
      int channel = i / filters % channels;
      int at = i / filters / channels;
      int start = before[at / size * size];
      int inside = before[(at / size + 1) * size] - start;
      int within = before[at] - start;
      long position =
          first
              ? ((long) filter * all + start) * channels + (long) channel * inside + within
              : ((long) start * filters + (long) filter * inside + within) * channels + channel;
      used[i] = elements[at] == OUTSIDE ? stored.count() : position;
    }
    return withZeros(stored.reshaped(stored.count(), 1), 1).gathered(0, used);
  }

  private static WeightRef withZeros(WeightRef rows, long width) {
    return WeightRef.concatenated(0, List.of(rows, WeightRef.filled(rows.dtype(), 0, 1, width)));
  }
}
