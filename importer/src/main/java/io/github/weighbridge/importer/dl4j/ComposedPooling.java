package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.layer.ZeroPadding;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pooling that Keras has no layer for: padded by amounts, sums and norms. */
record ComposedPooling(VertexReading vertex, Window window) {

  private static final Tree.Obj NONE = Tree.object();

  /** The largest elements, of which padding is none. */
  Value max(Value image) {
    return vertex.call("", pooling(PoolingKind.MAX), paddedBySmallest(image));
  }

  /** The image with numbers around it that are never the largest. */
  Value paddedBySmallest(Value image) {
    List<List<Integer>> around = new ArrayList<>();
    window.amounts().forEach(around::add);
    around.add(window.format() == DataFormat.CHANNELS_FIRST ? 0 : around.size(), List.of(0, 0));
    around.add(0, List.of(0, 0));
    Tree.Obj options = NONE.with("pad_width", Tree.of(around)).with("mode", Tree.of("constant"));
    // No number of single precision is smaller.
    return vertex.function("Pad", options, image, (double) -Float.MAX_VALUE);
  }

  /** The means of the elements that are no padding. */
  Value meanWithoutPadding(Value image) {
    Value ones = vertex.function("OnesLike", NONE, image);
    Value share = vertex.call("_share", pooling(PoolingKind.AVERAGE), padded(ones));
    return vertex.function("Divide", NONE, mean(image), share);
  }

  /** The means of all elements, zeros of the padding included. */
  Value mean(Value image) {
    return window.padding() == WindowPadding.SAME
        ? convolved(image)
        : vertex.call("", pooling(PoolingKind.AVERAGE), padded(image));
  }

  /** The means as a convolution of each channel, which is padded with zeros by its mode. */
  private Value convolved(Value image) {
    int axis = window.format().channelAxis(image.type().rank());
    Dim channels = image.type().shape().dim(axis);
    if (!channels.isFixed() || window.size().size() > 2) {
      throw vertex.refusal(
          "must have an input of known size for this padding", image.type().shape().toString());
    }
    WeightRef kernel =
        WeightRef.filled(image.type().dtype(), 1 / count(), window.kernel(channels.size(), 1));
    DepthwiseConvolution layer =
        new DepthwiseConvolution(
            window.size(),
            window.strides(),
            window.padding(),
            1,
            window.format(),
            window.dilation(),
            Activation.LINEAR,
            false,
            WeightTerms.ones(),
            WeightTerms.zeros(),
            null,
            null,
            null,
            null,
            null);
    return vertex.frozen(true).call("", layer, Map.of("kernel", kernel), image);
  }

  private double count() {
    return window.size().stream().mapToInt(n -> n).reduce(1, Math::multiplyExact);
  }

  /** The sums of all elements. */
  Value sum(Value image) {
    return vertex.function("Multiply", NONE, mean(image), count());
  }

  /** {@code (sum |x|^p)^(1/p)}. */
  Value norm(Value image, int p) {
    Value powers = vertex.function("Power", NONE, vertex.function("Abs", NONE, image), (double) p);
    return vertex.function("Power", NONE, sum(powers), 1.0 / p);
  }

  /** The image with zeros around it. */
  Value padded(Value image) {
    Layer padding = new ZeroPadding(window.amounts(), window.format());
    return window.isPadded() ? vertex.call("_padding", padding, image) : image;
  }

  private Pooling pooling(PoolingKind kind) {
    return new Pooling(kind, window.size(), window.strides(), window.padding(), window.format());
  }
}
