package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.layer.ZeroPadding;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The moving window of a convolution or pooling layer.
 *
 * @param size of the window, for each spatial axis
 * @param strides between its places
 * @param dilation between its elements
 * @param padding of the mode; amounts of its own come before it
 * @param amounts what is put before and behind each spatial axis
 * @param format where the channels are
 */
record Window(
    List<Integer> size,
    List<Integer> strides,
    List<Integer> dilation,
    WindowPadding padding,
    List<List<Integer>> amounts,
    DataFormat format) {

  /** The window of a layer of that many spatial axes; 1-D layers have lists of two. */
  static Window of(VertexReading vertex, int rank, DataFormat format) {
    ConfigObject config = vertex.config();
    List<Integer> size = config.sizes("kernelSize", rank);
    List<Integer> strides = config.sizes("stride", rank, 1);
    List<Integer> dilation = config.sizes("dilation", rank, 1);
    String mode = config.text("convolutionMode", "Truncate");
    WindowPadding padding =
        switch (mode) {
          case "Strict", "Truncate" -> WindowPadding.VALID;
          case "Same" -> WindowPadding.SAME;
          case "Causal" -> WindowPadding.CAUSAL;
          default -> throw config.invalid("convolutionMode", "must be a mode of DL4J");
        };
    List<List<Integer>> amounts = new ArrayList<>();
    for (int amount : config.sizes("padding", rank, 0)) {
      // Of the other modes DL4J takes no notice of it.
      amounts.add(padding == WindowPadding.VALID ? List.of(amount, amount) : List.of(0, 0));
    }
    return new Window(size, strides, dilation, padding, List.copyOf(amounts), format);
  }

  /** The same window with the padding of its mode as amounts, where the image's sizes give them. */
  Window withAmounts(Shape image) {
    boolean known =
        IntStream.range(0, size.size())
            .allMatch(
                i ->
                    strides.get(i) == 1
                        || image
                            .dim(format == DataFormat.CHANNELS_FIRST ? i + 2 : i + 1)
                            .isFixed());
    if (padding != WindowPadding.SAME || !known) {
      return this;
    }
    List<List<Integer>> around = new ArrayList<>();
    for (int i = 0; i < size.size(); i++) {
      int reach = (size.get(i) - 1) * dilation.get(i) + 1;
      Dim in = image.dim(format == DataFormat.CHANNELS_FIRST ? i + 2 : i + 1);
      long places = in.isFixed() ? (in.size() + strides.get(i) - 1) / strides.get(i) : 1;
      long size = in.isFixed() ? in.size() : 1;
      int all = Math.toIntExact(Math.max(0, (places - 1) * strides.get(i) + reach - size));
      around.add(List.of(all / 2, all - all / 2));
    }
    return new Window(size, strides, dilation, WindowPadding.VALID, List.copyOf(around), format);
  }

  /** Whether something is put around the image. */
  boolean isPadded() {
    return amounts.stream().anyMatch(amount -> amount.get(0) != 0 || amount.get(1) != 0);
  }

  /** The image with zeros around it. */
  Signal padded(VertexReading vertex, Signal image) {
    ZeroPadding layer = new ZeroPadding(amounts, format);
    return isPadded() ? vertex.on("_padding", image, layer, Map.of()) : image;
  }

  /** The kernel's sizes, then channels. */
  long[] kernel(long... channels) {
    long[] sizes = new long[size.size() + channels.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i < size.size() ? size.get(i) : channels[i - size.size()];
    }
    return sizes;
  }

  /** Channels, then the kernel's sizes. */
  long[] behind(long... channels) {
    long[] sizes = new long[size.size() + channels.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i < channels.length ? channels[i] : size.get(i - channels.length);
    }
    return sizes;
  }
}
