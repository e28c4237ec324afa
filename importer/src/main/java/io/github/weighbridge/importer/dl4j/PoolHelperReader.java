package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Cropping;
import io.github.weighbridge.core.layer.DataFormat;
import java.util.List;
import java.util.Map;

/** PoolHelperVertex: the image without its first row and column. */
final class PoolHelperReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    List<Integer> first = List.of(1, 0);
    return vertex.onArray(new Cropping(List.of(first, first), DataFormat.CHANNELS_FIRST), Map.of());
  }
}
