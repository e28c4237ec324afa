package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Layers that put zeros around images, or cut their margins off. */
final class MarginReader implements VertexReader {

  private final int rank;
  private final String key;
  private final BiFunction<List<List<Integer>>, DataFormat, Layer> layer;

  /** Reads the amounts of {@code 2 rank} margins. */
  MarginReader(int rank, String key, BiFunction<List<List<Integer>>, DataFormat, Layer> layer) {
    this.rank = rank;
    this.key = key;
    this.layer = layer;
  }

  @Override
  public Signal read(VertexReading vertex) {
    List<Integer> all = vertex.config().sizes(key);
    // The first versions have one amount for both ends.
    boolean both = all.size() == rank;
    if (!both && all.size() != 2 * rank) {
      throw vertex.config().invalid(key, "must have " + 2 * rank + " numbers");
    }
    List<List<Integer>> amounts = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      amounts.add(
          both ? List.of(all.get(i), all.get(i)) : List.of(all.get(2 * i), all.get(2 * i + 1)));
    }
    if (rank == 1) {
      // DL4J has these for features before steps alone.
      Value sequence = vertex.sequence(DataFormat.CHANNELS_FIRST);
      Value result = vertex.call("", layer.apply(amounts, DataFormat.CHANNELS_LAST), sequence);
      return VertexReading.sequence(result, DataFormat.CHANNELS_FIRST);
    }
    DataFormat format = rank == 2 ? vertex.format("dataFormat", "NCHW") : DataFormat.CHANNELS_FIRST;
    Image image = Image.of(vertex, format);
    return image.again(
        vertex.on("", image.signal(), layer.apply(amounts, image.format()), Map.of()));
  }
}
