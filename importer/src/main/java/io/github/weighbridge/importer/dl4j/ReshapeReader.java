package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Reshape;
import java.util.List;
import java.util.Map;

/** ReshapeVertex, of each sample. */
final class ReshapeReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    if (!config.text("reshapeOrder", "c").equals("c")) {
      throw config.unsupported(
          "reshapeOrder", "must be 'c', by which elements stay in their order");
    }
    List<Long> shape = config.integers("newShape");
    boolean ofSamples =
        !shape.isEmpty() && shape.get(0) == -1 && shape.stream().skip(1).allMatch(n -> n > 0);
    if (!ofSamples) {
      throw config.unsupported("newShape", "must be -1 for the batch, then the sizes of a sample");
    }
    List<Integer> sizes = shape.stream().skip(1).map(Math::toIntExact).toList();
    return vertex.onArray(new Reshape(sizes), Map.of());
  }
}
