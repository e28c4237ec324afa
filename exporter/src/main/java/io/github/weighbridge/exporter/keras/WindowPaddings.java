package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.ConvLstm;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.Cropping;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.layer.TransposedWindow;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.layer.ZeroPadding;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Windows that pad otherwise than those of the target, as windows without padding: what they pad
 * stands before them, what they cut off behind them.
 */
final class WindowPaddings {

  /** Functions that work along the last axis, wherever the channels are. */
  private static final List<String> ALONG_AXIS =
      List.of("glu", "log_softmax", "softmax", "sparsemax");

  private static final Tree.Obj UNPADDED = Tree.object().with("padding", Tree.of("valid"));

  private final Compositions compositions;
  private final boolean keras3;
  private final Problems problems;

  /**
   * Networks in the place of a model's layers.
   *
   * @param problems takes what is the same at inference only, as warnings
   */
  WindowPaddings(Compositions compositions, boolean keras3, Problems problems) {
    this.compositions = compositions;
    this.keras3 = keras3;
    this.problems = problems;
  }

  /** The network for a layer that pads as the target does not. */
  Optional<LayerInstance> composed(LayerInstance instance, Place place) {
    Layer layer = instance.layer();
    if (layer instanceof Convolution own && own.padding() == WindowPadding.HALF) {
      List<Integer> extents = extents(own.kernelSize(), own.dilationRate());
      return padded(instance, margins(extents, own.padding()), own.dataFormat());
    }
    if (layer instanceof SeparableConvolution own
        && own.padding() == WindowPadding.CAUSAL
        && keras3) {
      List<Integer> extents = extents(own.kernelSize(), own.dilationRate());
      return padded(instance, margins(extents, own.padding()), own.dataFormat());
    }
    if (layer instanceof Pooling own && own.padding() == WindowPadding.HALF) {
      return compositions.of(instance).flatMap(network -> pool(own, network));
    }
    if (layer instanceof TransposedConvolution own
        && (own.padding() == WindowPadding.HALF || own.outputSize() != null)) {
      return compositions.of(instance).flatMap(network -> transposed(own, network));
    }
    return layer instanceof ConvLstm own && own.recurrentHalf()
        ? compositions.unmasked(instance).flatMap(network -> convLstm(own, network, place))
        : Optional.empty();
  }

  private Optional<LayerInstance> padded(
      LayerInstance instance, List<List<Integer>> margins, DataFormat format) {
    Layer unpadded = with(instance.layer(), UNPADDED);
    return compositions.chained(instance, List.of(new ZeroPadding(margins, format), unpadded), 1);
  }

  private static List<Integer> extents(List<Integer> kernelSize, List<Integer> dilationRate) {
    List<Integer> extents = new ArrayList<>();
    for (int i = 0; i < kernelSize.size(); i++) {
      extents.add((kernelSize.get(i) - 1) * dilationRate.get(i) + 1);
    }
    return extents;
  }

  /** The zeros that "half" or "causal" padding puts before an image, and behind it. */
  private static List<List<Integer>> margins(List<Integer> extents, WindowPadding padding) {
    List<List<Integer>> margins = new ArrayList<>();
    for (int extent : extents) {
      int before = padding == WindowPadding.CAUSAL ? extent - 1 : extent / 2;
      margins.add(List.of(before, extent - 1 - before));
    }
    return margins;
  }

  /**
   * A pool of Theano. The largest of a window stays the same where the image's edge is repeated; a
   * mean over the image alone is the mean over zeros too, divided by that of ones.
   */
  private static Optional<LayerInstance> pool(Pooling layer, Composition network) {
    Shape image = network.shape();
    boolean first = layer.dataFormat() == DataFormat.CHANNELS_FIRST;
    List<List<Integer>> margins = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < layer.rank(); i++) {
      if (!image.dim(i + (first ? 2 : 1)).isFixed()) {
        return Optional.empty();
      }
      int in = Math.toIntExact(image.dim(i + (first ? 2 : 1)).size());
      int size = layer.poolSize().get(i);
      int before = Math.max(0, size % 2 == 0 ? size - 1 : size - 2);
      int last = (in - 1) / layer.strides().get(i) * layer.strides().get(i);
      sizes.add(in);
      margins.add(List.of(before, Math.max(0, last - before + size - in)));
    }
    Layer unpadded = with(layer, UNPADDED);
    if (layer.kind() == PoolingKind.MAX) {
      Value repeated = network.input();
      for (int i = 0; i < layer.rank(); i++) {
        Tree.Obj axis = Tree.object().with("axis", Tree.of(i + (first ? 2 : 1)));
        repeated = network.function("Take", axis, repeated, clamped(sizes.get(i), margins.get(i)));
      }
      return Optional.of(network.returning(network.named(unpadded, Map.of(), repeated).get(0)));
    }
    ZeroPadding zeros = new ZeroPadding(margins, layer.dataFormat());
    Value ones = network.function("OnesLike", Tree.object(), network.input());
    Value sums = network.named(unpadded, Map.of(), network.layer(zeros, network.input())).get(0);
    Value counts = network.layer(unpadded, network.layer(zeros, ones));
    return Optional.of(network.returning(network.function("Divide", Tree.object(), sums, counts)));
  }

  /** The elements of an axis with margins, the first and the last repeated there. */
  private static Tree clamped(int size, List<Integer> margin) {
    List<Long> elements =
        LongStream.range(-margin.get(0), (long) size + margin.get(1))
            .map(i -> Math.min(Math.max(0, i), size - 1))
            .boxed()
            .toList();
    return Tree.of(
        Map.of("class_name", "__tensor__", "config", Map.of("value", elements, "dtype", "int32")));
  }

  /** All that the window gives, and of that the part that the layer does. */
  private static Optional<LayerInstance> transposed(
      TransposedConvolution layer, Composition network) {
    Activation activation = layer.activation();
    boolean alongAxis =
        ALONG_AXIS.contains(activation.name()) && layer.dataFormat() == DataFormat.CHANNELS_FIRST;
    TransposedWindow window = layer.window(network.shape());
    List<Integer> more = new ArrayList<>();
    List<List<Integer>> cuts = new ArrayList<>();
    boolean reaches = true;
    for (int i = 0; i < layer.rank(); i++) {
      int[] cut = window.cut(i);
      int stride = layer.strides().get(i);
      reaches &= cut[1] + Math.max(0, stride - window.extent(i)) >= 0;
      more.add(Math.max(0, -cut[1]));
    }
    for (int i = 0; i < layer.rank(); i++) {
      int[] cut = window.cut(i);
      int stride = layer.strides().get(i);
      int added = reaches ? Math.max(0, stride - window.extent(i)) : more.get(i);
      if (!reaches && added >= stride) {
        return Optional.empty();
      }
      cuts.add(List.of(cut[0], cut[1] + added));
    }
    if (alongAxis) {
      return Optional.empty();
    }
    Tree.Obj changes =
        UNPADDED
            .with("output_size", Tree.none())
            .with("output_padding", reaches ? Tree.none() : Tree.of(more));
    Value all =
        network.named(with(layer, changes), network.layer().weights(), network.input()).get(0);
    return Optional.of(
        network.returning(network.layer(new Cropping(cuts, layer.dataFormat()), all)));
  }

  /**
   * A ConvLSTM of Theano: with zeros behind a kernel of even size, which make it odd, both paddings
   * of the state are the same.
   */
  private Optional<LayerInstance> convLstm(ConvLstm layer, Composition network, Place place) {
    if (layer.padding() == WindowPadding.SAME || network.inputs().size() > 1) {
      return Optional.empty();
    }
    List<Integer> odd = new ArrayList<>();
    layer.kernelSize().forEach(size -> odd.add(size | 1));
    List<Integer> extents = extents(odd, layer.dilationRate());
    List<Integer> own = extents(layer.kernelSize(), layer.dilationRate());
    List<List<Integer>> margins = new ArrayList<>(List.of(List.of(0, 0)));
    for (int i = 0; i < layer.rank(); i++) {
      boolean half = layer.padding() == WindowPadding.HALF;
      int before = half ? own.get(i) / 2 : 0;
      int all = half ? extents.get(i) - 1 : extents.get(i) - own.get(i);
      margins.add(List.of(before, all - before));
    }
    if (layer.rank() != 2) {
      return Optional.empty();
    }
    if (!odd.equals(layer.kernelSize())) {
      problems.warning(
          ProblemCode.TARGET_DROPS,
          place.withKey("kernel_size"),
          "grows by zeros for the target, which predict the same, but are trained like the rest",
          layer.kernelSize() + " becomes " + odd,
          "");
    }
    // Time is one axis more: with channels first, what follows it stands for the channels.
    Value padded = network.layer(new ZeroPadding(margins, layer.dataFormat()), network.input());
    Tree.Obj changes =
        UNPADDED.with("kernel_size", Tree.of(odd)).with("recurrent_half", Tree.of(false));
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    network
        .layer()
        .weights()
        .forEach(
            (name, weight) -> weights.put(name, name.equals("bias") ? weight : grown(weight, odd)));
    return Optional.of(
        network.returning(
            Network.Kind.FUNCTIONAL, network.named(with(layer, changes), weights, padded)));
  }

  /** A kernel with zeros behind it. */
  private static WeightRef grown(WeightRef kernel, List<Integer> sizes) {
    WeightRef grown = kernel;
    for (int axis = 0; axis < sizes.size(); axis++) {
      long[] rest = grown.sizes();
      rest[axis] = sizes.get(axis) - rest[axis];
      if (rest[axis] > 0) {
        WeightRef zeros = WeightRef.filled(kernel.dtype(), 0, rest);
        grown = WeightRef.concatenated(axis, List.of(grown, zeros));
      }
    }
    return grown;
  }

  private static Layer with(Layer layer, Tree.Obj changes) {
    return LayerCatalog.with(layer, changes).orElseThrow();
  }
}
