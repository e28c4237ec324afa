package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.GlobalPooling;
import io.github.weighbridge.core.layer.PoolingKind;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** GlobalPoolingLayer over the steps of a sequence or the places of an image. */
final class GlobalPoolingReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    PoolingKind kind =
        switch (config.text("poolingType", "MAX")) {
          case "MAX" -> PoolingKind.MAX;
          case "AVG" -> PoolingKind.AVERAGE;
          default -> throw config.unsupported("poolingType", "must be MAX or AVG");
        };
    Signal input = vertex.input();
    int rank = input.rank() - 2;
    if (rank < 1 || rank > 3) {
      throw vertex.refusal("must have an input of rank 3 to 5", vertex.shape().toString());
    }
    List<Integer> pooled = axes(config, input.rank());
    boolean first = pooled.get(0) == 2;
    boolean keep = !config.flag("collapseDimensions", true);
    if (rank == 1) {
      DataFormat format = first ? DataFormat.CHANNELS_FIRST : DataFormat.CHANNELS_LAST;
      GlobalPooling layer = new GlobalPooling(kind, 1, DataFormat.CHANNELS_LAST, keep);
      return VertexReading.sequence(vertex.call("", layer, vertex.sequence(format)), format);
    }
    DataFormat format = first ? DataFormat.CHANNELS_FIRST : DataFormat.CHANNELS_LAST;
    return vertex.onArray(new GlobalPooling(kind, rank, format, keep), Map.of());
  }

  /** The axes that are pooled: all but the batch and the first or the last. */
  private static List<Integer> axes(ConfigObject config, int rank) {
    List<Integer> given =
        config.given("poolingDimensions") ? config.sizes("poolingDimensions") : List.of();
    List<Integer> behindChannels = IntStream.range(2, rank).boxed().toList();
    List<Integer> beforeChannels = IntStream.range(1, rank - 1).boxed().toList();
    if (given.isEmpty() || given.equals(behindChannels)) {
      return behindChannels;
    }
    if (given.equals(beforeChannels)) {
      return beforeChannels;
    }
    throw config.unsupported("poolingDimensions", "must be all axes but batch and channels");
  }
}
