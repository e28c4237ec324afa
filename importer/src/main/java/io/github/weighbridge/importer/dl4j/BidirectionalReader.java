package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Bidirectional;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bidirectional, and GravesBidirectionalLSTM, which sums both directions. Parameters: those of the
 * forward layer, then those of the backward one.
 */
final class BidirectionalReader implements VertexReader {

  private final Direction direction;

  BidirectionalReader() {
    this((vertex, backwards) -> Recurrence.of(vertex, backwards, false));
  }

  /** Reads both directions in another way. */
  BidirectionalReader(Direction direction) {
    this.direction = direction;
  }

  /** Takes the parameters of one direction. */
  @FunctionalInterface
  interface Direction {
    Recurrence read(VertexReading vertex, boolean backwards);
  }

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    if (config.simpleClass().equals("GravesBidirectionalLSTM")) {
      Recurrence first = direction.read(vertex, false);
      Recurrence second = direction.read(vertex, true);
      return read(vertex, Bidirectional.MergeMode.SUM, first, second);
    }
    Recurrence forward = direction.read(vertex.within(config.object("fwd")), false);
    Recurrence backward = direction.read(vertex.within(config.object("bwd")), true);
    Bidirectional.MergeMode mode =
        switch (config.text("mode")) {
          case "CONCAT" -> Bidirectional.MergeMode.CONCAT;
          case "ADD" -> Bidirectional.MergeMode.SUM;
          case "MUL" -> Bidirectional.MergeMode.MUL;
          case "AVERAGE" -> Bidirectional.MergeMode.AVE;
          default -> throw config.invalid("mode", "must be a mode of DL4J");
        };
    return read(vertex, mode, forward, backward);
  }

  private static Signal read(
      VertexReading vertex, Bidirectional.MergeMode mode, Recurrence forward, Recurrence backward) {
    Map<String, LayerId> children = new LinkedHashMap<>();
    children.put(Bidirectional.FORWARD, inner(vertex, "forward_", forward));
    children.put(Bidirectional.BACKWARD, inner(vertex, "backward_", backward));
    Value result =
        vertex.call(
            "",
            new Bidirectional(mode, false, false),
            Map.of(),
            children,
            vertex.sequence(forward.format()));
    return VertexReading.sequence(result, forward.format());
  }

  private static LayerId inner(VertexReading vertex, String prefix, Recurrence recurrence) {
    return vertex
        .calls()
        .inner(
            prefix + vertex.name(),
            recurrence.layer(),
            recurrence.weights(),
            Map.of(),
            vertex.trainable());
  }
}
