package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import java.util.List;

/** LastTimeStep: a recurrent layer that returns its last step only. */
final class LastTimeStepReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    VertexReading inner = vertex.within(vertex.config().object("underlying"));
    return switch (inner.config().simpleClass()) {
      case "GravesLSTM", "LSTM", "SimpleRnn" -> Recurrence.of(inner, false, true).call(inner);
      case "MaskZeroLayer" ->
          MaskZeroReader.last(
              inner, vertex.config(), inner.within(inner.config().object("underlying")));
      default -> {
        Signal sequence = Dl4jReaders.read(inner);
        vertex.requireRank(sequence, 3);
        yield Signal.same(LastSteps.of(vertex, sequence, format(inner.config())));
      }
    };
  }

  /** Where the layer within, or within that, has the features. */
  private static DataFormat format(ConfigObject layer) {
    for (String key : List.of("fwd", "underlying", "layer")) {
      if (layer.given(key)) {
        return format(layer.object(key));
      }
    }
    return layer.text("rnnDataFormat", "NCW").equals("NWC")
        ? DataFormat.CHANNELS_LAST
        : DataFormat.CHANNELS_FIRST;
  }
}
