package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.LocallyConnected;
import io.github.weighbridge.core.layer.Permute;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.layer.ZeroPadding;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * LocallyConnected1D and LocallyConnected2D. Parameters: kernels {@code [places, in k..., out]},
 * then one bias for all places. In 2-D DL4J counts the places column by column, and takes them for
 * rows afterwards.
 */
final class LocallyConnectedReader implements VertexReader {

  private final int rank;

  LocallyConnectedReader(int rank) {
    this.rank = rank;
  }

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    DataFormat format = rank == 1 ? DataFormat.CHANNELS_LAST : vertex.format("format", "NCHW");
    List<Integer> size = numbers(config, "kernel");
    List<Integer> strides = numbers(config, "stride");
    List<Integer> places = numbers(config, "outputSize");
    long in = config.size("nin");
    int out = config.size("nout");
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("kernel", kernel(vertex, size, places, format, in, out));
    boolean hasBias = config.flag("hasBias", true);
    if (hasBias) {
      weights.put("bias", bias(vertex, places, format, out));
    }
    LocallyConnected layer =
        new LocallyConnected(
            out,
            size,
            strides,
            WindowPadding.VALID,
            format,
            Activations.named(config, "activation"),
            hasBias,
            WeightTerms.zeros(),
            WeightTerms.zeros(),
            null,
            null,
            null,
            null,
            null,
            1);
    Signal input = rank == 1 ? vertex.steps(DataFormat.CHANNELS_FIRST) : vertex.input();
    Signal padded =
        vertex.on(
            "_padding",
            sized(vertex, input, format, in),
            new ZeroPadding(amounts(config), format),
            Map.of());
    Signal result = vertex.on("", padded, layer, weights);
    return rank == 1
        ? vertex.stepsAgain(result, DataFormat.CHANNELS_FIRST)
        : turned(vertex, result, format, places, out);
  }

  /** The bias of every place, as Keras has it: that of its channel. */
  private WeightRef bias(VertexReading vertex, List<Integer> places, DataFormat format, int out) {
    WeightRef bias = vertex.take(out);
    long[] each = new long[rank + 1];
    each[rank] = out;
    long count = 1;
    for (int i = 0; i < rank; i++) {
      each[i] = places.get(i);
      count = Math.multiplyExact(count, each[i]);
    }
    if (vertex.config().flag(Dl4jDialect.BIAS_IN_TURN, false)) {
      return bias.broadcastTo(count, out).reshaped(out, count).transposed(1, 0);
    }
    return format == DataFormat.CHANNELS_FIRST
        // Keras takes its elements for [out, places...].
        ? bias.reshaped(out, 1).broadcastTo(out, count).reshaped(each)
        : bias.broadcastTo(each);
  }

  /** The input with the sizes that the configuration tells, where the layers before it do not. */
  private Signal sized(VertexReading vertex, Signal input, DataFormat format, long in) {
    Shape shape = input.value().type().shape();
    if (input.view() == Signal.View.FLAT_STEPS || shape.slice(1, shape.rank()).isFixed()) {
      return input;
    }
    List<Integer> sizes = new ArrayList<>(numbers(vertex.config(), "inputSize"));
    sizes.add(format == DataFormat.CHANNELS_FIRST ? 0 : rank, (int) in);
    return vertex.on("_sized", input, new Reshape(sizes), Map.of());
  }

  /** Kernels in the order in which Keras has windows and places. */
  private WeightRef kernel(
      VertexReading vertex,
      List<Integer> size,
      List<Integer> places,
      DataFormat format,
      long in,
      long out) {
    if (rank == 1) {
      return vertex
          .take(places.get(0), in, size.get(0), out)
          .transposed(0, 2, 1, 3)
          .reshaped(places.get(0), size.get(0) * in, out);
    }
    WeightRef kernels =
        vertex.take(places.get(1), places.get(0), in, size.get(0), size.get(1), out);
    WeightRef ordered =
        format == DataFormat.CHANNELS_FIRST
            ? kernels.transposed(1, 0, 2, 3, 4, 5)
            : kernels.transposed(1, 0, 3, 4, 2, 5);
    return ordered.reshaped(
        (long) places.get(0) * places.get(1), in * size.get(0) * size.get(1), out);
  }

  /** The places as DL4J puts them. */
  private static Signal turned(
      VertexReading vertex, Signal result, DataFormat format, List<Integer> places, int out) {
    boolean first = format == DataFormat.CHANNELS_FIRST;
    Permute columns = new Permute(first ? List.of(1, 3, 2) : List.of(2, 1, 3));
    Signal turned = vertex.on("_columns", result, columns, Map.of());
    List<Integer> sizes = new ArrayList<>(places);
    sizes.add(first ? 0 : 2, out);
    return vertex.on("_places", turned, new Reshape(sizes), Map.of());
  }

  private List<List<Integer>> amounts(ConfigObject config) {
    List<Integer> before = numbers(config, "padding");
    boolean same = config.text("cm", "Same").equals("Same");
    List<Integer> behind = same ? numbers(config, rank == 1 ? "paddingR" : "paddingBr") : before;
    List<List<Integer>> amounts = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      amounts.add(List.of(before.get(i), behind.get(i)));
    }
    return amounts;
  }

  /** One number for each spatial axis; in 1-D it is no list. */
  private List<Integer> numbers(ConfigObject config, String key) {
    boolean list = config.tree().get(key).filter(Tree::isArray).isPresent();
    return list || rank > 1 ? config.sizes(key, rank) : List.of(config.size(key));
  }
}
