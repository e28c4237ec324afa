package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.layer.LocalWindows;
import io.github.weighbridge.core.layer.LocallyConnected;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.layer.ZeroPadding;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * LocallyConnected1D and 2D, which Keras 3 has not, as an EinsumDense over the windows of the
 * image: {@code Take} lays these side by side, and the kernel has a matrix for each of them. The
 * products are the same, and so is what training does to them.
 */
final class LocalConvolutions {

  /** What counts each element of a weight by itself, so that its place does not matter. */
  private static final List<String> ELEMENTWISE = List.of("L1", "L2", "L1L2", "NonNeg");

  private final LocallyConnected layer;
  private final Composition network;
  private final Place place;
  private final Problems problems;

  private LocalConvolutions(
      LocallyConnected layer, Composition network, Place place, Problems problems) {
    this.layer = layer;
    this.network = network;
    this.place = place;
    this.problems = problems;
  }

  /**
   * The network for a layer.
   *
   * @param problems takes what does not fit a kernel of another layout, as warnings
   */
  static LayerInstance composed(
      LocallyConnected layer, Composition network, Place place, Problems problems) {
    return new LocalConvolutions(layer, network, place, problems).composed();
  }

  private LayerInstance composed() {
    boolean first = layer.dataFormat() == DataFormat.CHANNELS_FIRST;
    Shape image = network.shape();
    int channels = Math.toIntExact(image.dim(layer.dataFormat().channelAxis(image.rank())).size());
    LocalWindows windows = new LocalWindows(layer, image, channels);
    Value padded = network.input();
    if (layer.padding() == WindowPadding.SAME) {
      padded = network.layer(new ZeroPadding(margins(image), layer.dataFormat()), padded);
    }
    List<Integer> sizes = layer.imageSizes(padded.type().shape());
    if (layer.rank() == 2) {
      int elements = sizes.get(0) * sizes.get(1);
      List<Integer> flat = first ? List.of(channels, elements) : List.of(elements, channels);
      padded = network.layer(new Reshape(flat), padded);
    }
    Value patches =
        network.function(
            "Take",
            Tree.object().with("axis", Tree.of(first ? 2 : 1)),
            padded,
            indices(layer.places(image), sizes));
    Map<String, WeightRef> weights = weights(windows, layer.places(image), channels);
    return network.returning(network.named(dense(image), weights, patches).get(0));
  }

  /** The zeros around the image that windows reach. */
  private List<List<Integer>> margins(Shape image) {
    List<List<Integer>> margins = new ArrayList<>();
    for (int i = 0; i < layer.rank(); i++) {
      int last = layer.begin(i, layer.places(image).get(i) - 1) + layer.kernelSize().get(i);
      int behind = Math.max(0, last - layer.imageSizes(image).get(i));
      margins.add(List.of(-layer.begin(i, 0), behind));
    }
    return margins;
  }

  /** The elements of every window, {@code [places..., size]}, in the padded image. */
  private Tree indices(List<Integer> places, List<Integer> sizes) {
    List<Object> all = new ArrayList<>();
    for (int place = 0; place < places.get(0); place++) {
      int begin = place * layer.strides().get(0);
      all.add(layer.rank() == 1 ? window(List.of(begin), sizes) : row(begin, places.get(1), sizes));
    }
    return Tree.of(
        Map.of("class_name", "__tensor__", "config", Map.of("value", all, "dtype", "int32")));
  }

  private List<Object> row(int begin, int places, List<Integer> sizes) {
    List<Object> row = new ArrayList<>();
    for (int place = 0; place < places; place++) {
      row.add(window(List.of(begin, place * layer.strides().get(1)), sizes));
    }
    return row;
  }

  private List<Integer> window(List<Integer> begin, List<Integer> sizes) {
    List<Integer> elements = List.of(0);
    for (int i = 0; i < layer.rank(); i++) {
      List<Integer> more = new ArrayList<>();
      for (int element : elements) {
        for (int k = 0; k < layer.kernelSize().get(i); k++) {
          more.add(element * sizes.get(i) + begin.get(i) + k);
        }
      }
      elements = more;
    }
    return elements;
  }

  private EinsumDense dense(Shape image) {
    boolean first = layer.dataFormat() == DataFormat.CHANNELS_FIRST;
    String places = layer.rank() == 1 ? "h" : "hw";
    String patches = first ? "ac" + places + "k" : "a" + places + "kc";
    String result = first ? "f" + places : places + "f";
    List<@Nullable Integer> sizes = new ArrayList<>(layer.places(image));
    sizes.add(first ? 0 : sizes.size(), layer.filters());
    return new EinsumDense(
        sizes,
        EinsumEquation.parse(patches + "," + places + "kcf->a" + result),
        layer.activation(),
        layer.useBias() ? result : null,
        layer.kernelInitializer(),
        layer.biasInitializer(),
        kept("kernel_regularizer", layer.kernelRegularizer()),
        kept("bias_regularizer", layer.biasRegularizer()),
        layer.activityRegularizer(),
        kept("kernel_constraint", layer.kernelConstraint()),
        kept("bias_constraint", layer.biasConstraint()),
        null);
  }

  /** The bias is reshaped alone: Keras does not transpose it for channels first either. */
  private Map<String, WeightRef> weights(LocalWindows windows, List<Integer> places, int channels) {
    long[] spatial = places.stream().mapToLong(n -> n).toArray();
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    network
        .layer()
        .weights()
        .forEach(
            (name, weight) ->
                weights.put(
                    name,
                    name.equals("kernel")
                        ? windows
                            .kernel(weight)
                            .reshaped(joined(spatial, windows.size(), channels, layer.filters()))
                        : weight.reshaped(
                            layer.dataFormat() == DataFormat.CHANNELS_FIRST
                                ? joined(new long[] {layer.filters()}, spatial)
                                : joined(spatial, layer.filters()))));
    return weights;
  }

  private static long[] joined(long[] sizes, long... more) {
    return LongStream.concat(LongStream.of(sizes), LongStream.of(more)).toArray();
  }

  private @Nullable Regularizer kept(String key, @Nullable Regularizer regularizer) {
    if (regularizer == null || !keeps(key, regularizer.className())) {
      return null;
    }
    if (layer.implementation() == 2 && key.startsWith("kernel")) {
      problems.warning(
          ProblemCode.TARGET_DROPS,
          place.withKey(key),
          "counts only what windows reach: the kernel of implementation 2 has more, which added to the loss",
          regularizer.className(),
          "");
    }
    return regularizer;
  }

  private @Nullable Constraint kept(String key, @Nullable Constraint constraint) {
    return constraint == null || keeps(key, constraint.className()) ? constraint : null;
  }

  private boolean keeps(String key, String className) {
    if (ELEMENTWISE.contains(className)) {
      return true;
    }
    problems.warning(
        ProblemCode.TARGET_DROPS,
        place.withKey(key),
        "is left out: weights are laid out otherwise for the target, and it counts along their axes",
        className,
        "");
    return false;
  }
}
