package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Permute;
import io.github.weighbridge.core.layer.Reshape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** ReshapeVertex, of each sample. */
final class ReshapeReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    List<Long> shape = config.integers("newShape");
    boolean ofSamples =
        !shape.isEmpty() && shape.get(0) == -1 && shape.stream().skip(1).allMatch(n -> n > 0);
    if (!ofSamples) {
      throw config.unsupported("newShape", "must be -1 for the batch, then the sizes of a sample");
    }
    List<Integer> sizes = shape.stream().skip(1).map(Math::toIntExact).toList();
    return switch (config.text("reshapeOrder", memoryOrder(vertex))) {
      case "c" -> vertex.onArray(new Reshape(sizes), Map.of());
      case "f" -> columnMajor(vertex, sizes);
      default -> throw config.invalid("reshapeOrder", "must be 'c' or 'f'");
    };
  }

  /** Up to 0.9.1: that in which the layer before makes its results; products are column-major. */
  private static String memoryOrder(VertexReading vertex) {
    boolean product = vertex.arrayRank() == 2 && !vertex.calls().isInput(vertex.input().value());
    return product ? "f" : "c";
  }

  /** Row-major of axes in opposite order. */
  private static Signal columnMajor(VertexReading vertex, List<Integer> sizes) {
    List<Integer> reversed = new ArrayList<>(sizes);
    Collections.reverse(reversed);
    Signal turned = turned(vertex, "_turned", Signal.same(vertex.array()));
    Signal reshaped = vertex.on("", turned, new Reshape(reversed), Map.of());
    return turned(vertex, "_back", reshaped);
  }

  private static Signal turned(VertexReading vertex, String suffix, Signal signal) {
    int rank = signal.rank();
    if (rank < 3) {
      return signal;
    }
    Layer layer = new Permute(IntStream.range(1, rank).map(i -> rank - i).boxed().toList());
    return vertex.on(suffix, signal, layer, Map.of());
  }
}
