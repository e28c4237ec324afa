package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import java.util.List;

/** AttentionVertex, of queries, keys and values, which are sequences with the features first. */
final class AttentionVertexReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    if (vertex.inputs().size() != 3) {
      throw vertex.refusal(
          "must have queries, keys and values", vertex.inputs().size() + " inputs");
    }
    List<Value> inputs =
        vertex.inputs().stream()
            .map(input -> vertex.withInputs(List.of(input)).sequence(DataFormat.CHANNELS_FIRST))
            .toList();
    HeadAttention attention =
        HeadAttention.take(
            vertex,
            "",
            config.size("ninQueries"),
            config.size("ninKeys"),
            config.size("ninValues"));
    return VertexReading.sequence(
        attention.call(inputs.get(0), inputs.get(1), inputs.get(2)), DataFormat.CHANNELS_FIRST);
  }
}
