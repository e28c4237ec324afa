package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Value;
import java.util.List;
import java.util.Map;

/**
 * The masks that layers hand on beside what they return, as the calls of a model meet them.
 *
 * @param graph the operations that the masks are made of
 * @param calls the calls that meet any, of all networks; nested ones each time that they are called
 */
public record ModelMasks(Graph graph, List<OfCall> calls) {

  /** Copies the list. */
  public ModelMasks {
    calls = List.copyOf(calls);
  }

  /**
   * A call, and the masks that come along with its arguments.
   *
   * @param masks values of the operations, by the argument that they belong to; nothing where every
   *     step counts
   * @param sources the values of the call's network by what they have become in the operations; the
   *     first of several that have become the same
   */
  public record OfCall(Call call, Map<Value, Value> masks, Map<Value, Value> sources) {

    /** Copies the maps. */
    public OfCall {
      masks = Map.copyOf(masks);
      sources = Map.copyOf(sources);
    }
  }
}
