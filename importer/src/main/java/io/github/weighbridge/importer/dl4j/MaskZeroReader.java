package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.util.List;

/**
 * MaskZeroLayer: a recurrent layer whose results and state are zero at every step whose features
 * all are one number.
 */
final class MaskZeroReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    VertexReading inner = vertex.within(vertex.config().object("underlying"));
    if (inner.config().simpleClass().equals("LastTimeStep")) {
      return last(vertex, inner.config(), inner.within(inner.config().object("underlying")));
    }
    MaskedSteps steps = MaskedSteps.of(vertex, format(inner));
    return sequence(inner, steps);
  }

  /**
   * The last step that counts.
   *
   * @param vertex with the number that masks
   * @param lastStep the configuration of LastTimeStep, around it or within
   * @param inner the layer of whose results it is taken
   */
  static Signal last(VertexReading vertex, ConfigObject lastStep, VertexReading inner) {
    if (!lastStep.flag(Dl4jDialect.FINDS_LAST_STEP, true)) {
      throw lastStep.unsupported(
          Dl4jVertex.CLASS,
          "must be of another version than beta4 to beta6, which takes a masked step");
    }
    MaskedSteps steps = MaskedSteps.of(vertex, format(inner));
    return Signal.same(steps.last(sequence(inner, steps)));
  }

  private static Signal sequence(VertexReading inner, MaskedSteps steps) {
    VertexReading marked = inner.withInputs(List.of(steps.marked()));
    Signal result =
        switch (inner.config().simpleClass()) {
          case "GravesLSTM", "LSTM", "SimpleRnn" ->
              ClearedRecurrence.of(marked, false).call(marked);
          case "Bidirectional", "GravesBidirectionalLSTM" ->
              new BidirectionalReader(ClearedRecurrence::of).read(marked);
          case "RnnOutputLayer" -> Dl4jReaders.read(inner);
          default ->
              throw inner
                  .config()
                  .unsupported(Dl4jVertex.CLASS, "must be a recurrent layer in a MaskZeroLayer");
        };
    return steps.cleared(result);
  }

  /** Where DL4J takes the features to be, which it finds out of recurrent layers only. */
  private static DataFormat format(VertexReading inner) {
    boolean both = inner.config().simpleClass().equals("Bidirectional");
    VertexReading own = both ? inner.within(inner.config().object("fwd")) : inner;
    DataFormat format = own.format("rnnDataFormat", "NCW");
    boolean known = !both && !inner.config().simpleClass().equals("RnnOutputLayer");
    if (!known && format == DataFormat.CHANNELS_LAST) {
      throw own.config()
          .unsupported("rnnDataFormat", "must be NCW, as which DL4J takes it in a MaskZeroLayer");
    }
    return format;
  }
}
