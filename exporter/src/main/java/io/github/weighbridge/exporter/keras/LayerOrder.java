package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which Keras lists the layers of a functional model, whatever order its file has: by
 * depth, the layers of one depth as they are met on the way from the outputs back. Weights are read
 * in that order ({@code map_graph_network} in Keras 2, {@code map_graph} in Keras 3).
 */
final class LayerOrder {

  private final Map<Value, Call> makers = new HashMap<>();
  private final Map<LayerId, Integer> met = new HashMap<>();
  private final Set<Call> finished = new LinkedHashSet<>();

  private LayerOrder() {}

  /** The layers of a network in Keras's order. */
  static List<LayerId> of(Network network) {
    if (network.kind() == Network.Kind.SEQUENTIAL) {
      return network.layers();
    }
    return new LayerOrder().sorted(network);
  }

  private List<LayerId> sorted(Network network) {
    for (Call call : network.graph().calls()) {
      call.outputs().forEach(value -> makers.put(value, call));
    }
    network.graph().outputValues().forEach(this::visit);
    Map<LayerId, Integer> depths = depths();
    for (LayerId layer : network.layers()) {
      // What no output needs, an input at most, comes last and first of its kind.
      depths.putIfAbsent(layer, 0);
      met.putIfAbsent(layer, -1);
    }
    Comparator<LayerId> order =
        Comparator.comparing((LayerId layer) -> -depths.getOrDefault(layer, 0))
            .thenComparing(layer -> met.getOrDefault(layer, -1));
    return network.layers().stream().sorted(order).toList();
  }

  /** A step of the walk: a call, and which of its inputs comes next. */
  private static final class Visit {
    private final Call call;
    private int next;

    Visit(Call call) {
      this.call = call;
    }
  }

  /** From a value back to what it is made of, the makers of inputs before the call itself. */
  private void visit(Value output) {
    List<Visit> stack = new ArrayList<>();
    push(output, stack);
    while (!stack.isEmpty()) {
      Visit visit = stack.get(stack.size() - 1);
      List<Value> inputs = visit.call.inputs();
      if (visit.next < inputs.size()) {
        push(inputs.get(visit.next++), stack);
      } else {
        finished.add(visit.call);
        stack.remove(stack.size() - 1);
      }
    }
  }

  private void push(Value value, List<Visit> stack) {
    Call maker = makers.get(value);
    if (maker != null && !finished.contains(maker)) {
      met.putIfAbsent(maker.layer(), met.size());
      stack.add(new Visit(maker));
    }
  }

  private Map<LayerId, Integer> depths() {
    List<Call> decreasing = new ArrayList<>(finished);
    Map<Call, Integer> calls = new HashMap<>();
    Map<LayerId, Integer> layers = new LinkedHashMap<>();
    for (int i = decreasing.size() - 1; i >= 0; i--) {
      Call call = decreasing.get(i);
      int depth = Math.max(calls.getOrDefault(call, 0), layers.getOrDefault(call.layer(), 0));
      layers.put(call.layer(), depth);
      calls.put(call, depth);
      for (Value input : call.inputs()) {
        Call maker = makers.get(input);
        if (maker != null) {
          calls.merge(maker, depth + 1, Math::max);
        }
      }
    }
    return layers;
  }
}
