package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.PRelu;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** PReLULayer. Parameter: alpha, column-major, with size 1 along shared axes. */
final class PReluReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    List<Integer> shape = config.sizes("inputShape");
    List<Integer> shared = config.given("sharedAxes") ? config.sizes("sharedAxes") : List.of();
    if (shared.isEmpty() && vertex.arrayRank() == 2 && shape.size() > 1) {
      // Up to beta2 an image comes without its axes, and alpha is row-major.
      int size = shape.stream().reduce(1, Math::multiplyExact);
      return vertex.onArray(layer(vertex.terms(), shared), Map.of("alpha", vertex.take(size)));
    }
    int rank = shape.size();
    long[] reversed = new long[rank];
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      int axis = rank - 1 - i;
      reversed[i] = shared.contains(axis + 1) ? 1 : shape.get(axis);
      order[i] = axis;
    }
    WeightRef alpha = vertex.take(reversed).transposed(order);
    if (config.flag(Dl4jDialect.ALPHA_TURNED_AGAIN, false)) {
      alpha = alpha.reshaped(reversed).transposed(order);
    }
    if (vertex.input().view() == Signal.View.FEATURES_FIRST && vertex.input().rank() == rank + 1) {
      return channelsLast(vertex, alpha, shared);
    }
    PRelu layer = layer(vertex.terms(), shared);
    Map<String, WeightRef> weights = Map.of("alpha", alpha);
    Shape input = vertex.shape();
    boolean known = input.slice(1, input.rank()).isFixed();
    if (known || !shared.isEmpty() || vertex.input().view() != Signal.View.SAME) {
      return vertex.onArray(layer, weights);
    }
    // No axis is shared: the parameter tells all sizes.
    Signal sized = vertex.on("_sized", vertex.input(), new Reshape(shape), Map.of());
    return vertex.on("", sized, layer, weights);
  }

  /** On an image that DL4J has with its channels first, and the model with them last. */
  private static Signal channelsLast(VertexReading vertex, WeightRef alpha, List<Integer> shared) {
    Signal input = vertex.input();
    int rank = alpha.sizes().length;
    int[] order = IntStream.range(0, rank).map(i -> (i + 1) % rank).toArray();
    PRelu layer = layer(vertex.terms(), shared.stream().map(input::axis).sorted().toList());
    Map<String, WeightRef> weights = Map.of("alpha", alpha.transposed(order));
    return new Signal(vertex.call("", layer, weights, input.value()), input.view());
  }

  private static PRelu layer(WeightTerms terms, List<Integer> shared) {
    return new PRelu(
        terms.kernel(),
        terms.kernelRegularizer(),
        terms.constraint("W"),
        shared.isEmpty() ? null : shared);
  }
}
