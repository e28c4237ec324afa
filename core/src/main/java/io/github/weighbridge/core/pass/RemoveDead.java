package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Node;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drops steps and constants that no output depends on. */
final class RemoveDead implements Pass {

  @Override
  public Graph apply(Graph graph) {
    Set<Value> needed = new HashSet<>(graph.outputValues());
    List<Node> kept = new ArrayList<>();
    List<Node> backwards = new ArrayList<>(graph.nodes());
    Collections.reverse(backwards);
    for (Node node : backwards) {
      if (node.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(node.inputs());
        kept.add(node);
      }
    }
    Collections.reverse(kept);
    Map<Value, WeightRef> constants = new LinkedHashMap<>(graph.constants());
    constants.keySet().retainAll(needed);
    return new Graph(
        graph.name(), graph.inputs(), constants, kept, graph.outputs(), graph.outputNames());
  }
}
