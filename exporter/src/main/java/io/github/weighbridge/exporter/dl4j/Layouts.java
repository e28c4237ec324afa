package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Flatten;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.SpectralNormalization;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which layout the arrays of a network have. Keras's own needs nothing. In DL4J's classic one
 * everything with channels has them behind the batch, from the inputs to the outputs; an array is
 * turned back, and turned again, only around layers that count axes as Keras does.
 */
final class Layouts {

  private final Model model;
  private final NetworkBuilder network;
  private final boolean classic;

  /** Of arrays whose axes no layer names: in networks of DL4J they are as they shall be. */
  private final ArrayLayout unnamed;

  private final Map<String, String> turned = new HashMap<>();

  Layouts(Model model, NetworkBuilder network, boolean classic) {
    this.model = model;
    this.network = network;
    this.classic = classic;
    this.unnamed =
        model.provenance().format().equals(CarriedEntries.FORMAT)
            ? ArrayLayout.FIRST
            : ArrayLayout.LAST;
  }

  /** The layout of a network's input, as the first layers that name its axes have it. */
  ArrayLayout ofInput(Graph graph, Value input) {
    if (!classic) {
      return ArrayLayout.LAST;
    }
    ChannelRule named = named(graph, input, new HashSet<>());
    if (named == ChannelRule.ANYWHERE) {
      return unnamed == ArrayLayout.FIRST ? ArrayLayout.FIRST : ArrayLayout.TURNED;
    }
    return named == ChannelRule.FIRST ? ArrayLayout.FIRST : ArrayLayout.TURNED;
  }

  /** What the layers behind a value say of its axes; ANYWHERE if none says anything. */
  private ChannelRule named(Graph graph, Value value, Set<Value> seen) {
    if (!seen.add(value)) {
      return ChannelRule.ANYWHERE;
    }
    ChannelRule found = ChannelRule.ANYWHERE;
    for (Call call : graph.calls()) {
      if (call.arguments().values().contains(value)) {
        ChannelRule own = named(graph, call, value, seen);
        if (own == ChannelRule.FIRST) {
          return own;
        }
        found = own == ChannelRule.LAST ? own : found;
      }
    }
    return found;
  }

  private ChannelRule named(Graph graph, Call call, Value value, Set<Value> seen) {
    LayerInstance instance = model.layer(call.layer());
    if (instance.layer() instanceof Network nested) {
      int index = call.arguments().inputs().indexOf(value);
      return index < 0
          ? ChannelRule.ANYWHERE
          : named(nested.graph(), nested.graph().inputValues().get(index), seen);
    }
    ChannelRule own =
        value.knownType().map(type -> rule(instance, type.rank())).orElse(ChannelRule.AS_KERAS);
    return own == ChannelRule.ANYWHERE ? named(graph, call.outputs().get(0), seen) : own;
  }

  private ChannelRule rule(LayerInstance instance, int rank) {
    if (instance.layer() instanceof TimeDistributed) {
      LayerInstance step = inner(instance, TimeDistributed.INNER);
      // Steps that are sequences or become flat have axes of their own that must not be mixed up.
      boolean counts = step.layer() instanceof Flatten || rank == 4;
      return counts ? ChannelRule.AS_KERAS : rule(step, rank - 1);
    }
    if (instance.layer() instanceof SpectralNormalization) {
      return rule(inner(instance, SpectralNormalization.INNER), rank);
    }
    return Dl4jWriters.channels(instance.layer(), rank);
  }

  private LayerInstance inner(LayerInstance wrapper, String child) {
    return model.layer(Objects.requireNonNull(wrapper.children().get(child)));
  }

  /** A call with its arrays in the layout that its writer can have them in. */
  LayerCall arranged(LayerCall call) {
    if (!classic || call.tensors().isEmpty()) {
      return call;
    }
    int rank = call.tensors().get(0).type().rank();
    ArrayLayout layout =
        switch (rule(call.instance(), rank)) {
          case AS_KERAS -> unnamed;
          case LAST -> ArrayLayout.TURNED;
          case FIRST -> ArrayLayout.FIRST;
          case ANYWHERE -> common(call.tensors());
        };
    List<Edge> tensors = new ArrayList<>();
    for (Edge tensor : call.tensors()) {
      tensors.add(in(layout, tensor));
    }
    return call.arranged(tensors, layout);
  }

  private static ArrayLayout common(List<Edge> tensors) {
    Edge first = tensors.get(0);
    if (tensors.stream().anyMatch(t -> t.type().rank() != first.type().rank())) {
      return ArrayLayout.LAST;
    }
    if (tensors.stream().allMatch(t -> t.layout() == first.layout())) {
      return first.layout();
    }
    return tensors.stream().anyMatch(t -> t.layout() == ArrayLayout.FIRST)
        ? ArrayLayout.LAST
        : ArrayLayout.TURNED;
  }

  /** An output of the network. */
  Edge output(Edge edge) {
    return classic && edge.layout() == ArrayLayout.LAST ? in(ArrayLayout.TURNED, edge) : edge;
  }

  /** An edge in another layout, turned if need be. */
  private Edge in(ArrayLayout layout, Edge edge) {
    int rank = edge.type().rank();
    if (edge.layout().isTurned(rank) == layout.isTurned(rank)) {
      return edge.withLayout(layout, edge.vertex());
    }
    boolean away = layout == ArrayLayout.TURNED;
    String vertex =
        turned.computeIfAbsent(
            edge.vertex(),
            from ->
                network.preProcessor(
                    from + (away ? "/channels_first" : "/channels_last"),
                    PreProcessors.permute(
                        away ? ArrayLayout.toTurned(rank - 1) : ArrayLayout.fromTurned(rank - 1)),
                    from));
    return edge.withLayout(layout, vertex);
  }
}
