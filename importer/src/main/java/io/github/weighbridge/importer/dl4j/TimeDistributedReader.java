package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Permute;
import java.util.List;
import java.util.stream.IntStream;

/** TimeDistributed of a layer on the features of each step. */
final class TimeDistributedReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    DataFormat format = vertex.format("rnnDataFormat", "NCW");
    Value sequence = steps(vertex, format);
    VertexReading inner =
        vertex
            .within(config.object("underlying"))
            .withInputs(List.of(new Signal(sequence, Signal.View.FLAT_STEPS)));
    Signal result = Dl4jReaders.read(inner);
    return vertex.input().view() == Signal.View.FLAT_STEPS
        ? result
        : again(vertex, result.value(), format);
  }

  /** What was made of the steps, as DL4J has it. */
  private static Signal again(VertexReading vertex, Value result, DataFormat format) {
    return result.type().rank() == 3 || format == DataFormat.CHANNELS_LAST
        ? VertexReading.sequence(result, format)
        : Signal.same(exchanged(vertex, "_back", result));
  }

  /** What the steps are taken from; within another such layer they are steps of steps. */
  private static Value steps(VertexReading vertex, DataFormat format) {
    if (vertex.input().view() == Signal.View.FLAT_STEPS) {
      if (format == DataFormat.CHANNELS_FIRST && vertex.input().rank() > 3) {
        throw vertex.refusal("must be NWC within another such layer", vertex.shape().toString());
      }
      return vertex.input().value();
    }
    if (vertex.input().rank() == 3) {
      return vertex.sequence(format);
    }
    Value array = vertex.array();
    return format == DataFormat.CHANNELS_LAST ? array : exchanged(vertex, "_steps", array);
  }

  /** Of more axes DL4J takes the third for the steps, whatever the others are. */
  private static Value exchanged(VertexReading vertex, String suffix, Value array) {
    List<Integer> order =
        IntStream.range(1, array.type().rank()).map(i -> i > 2 ? i : 3 - i).boxed().toList();
    return vertex.call(suffix, new Permute(order), array);
  }
}
