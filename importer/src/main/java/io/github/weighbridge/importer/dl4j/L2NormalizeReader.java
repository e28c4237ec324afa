package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Axes;
import io.github.weighbridge.core.layer.UnitNormalization;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** L2NormalizeVertex: each sample scaled to length 1; a shorter one than eps counts as that. */
final class L2NormalizeReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    int rank = vertex.arrayRank();
    List<Integer> dimensions = config.given("dimension") ? config.sizes("dimension") : List.of();
    List<Integer> all = IntStream.range(1, rank).boxed().toList();
    boolean whole = dimensions.isEmpty() || dimensions.equals(all);
    if (!whole) {
      throw config.unsupported("dimension", "must be all axes behind the batch");
    }
    double shortest = config.number("eps", 1e-8);
    return rank == 2
        ? vertex.onFeatures(new UnitNormalization(new Axes(List.of(-1), false), shortest), Map.of())
        : vertex.onArray(new UnitNormalization(new Axes(all, true), shortest), Map.of());
  }
}
