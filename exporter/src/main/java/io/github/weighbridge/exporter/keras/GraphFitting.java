package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.TypeInference;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rewrites the functions of one network. */
final class GraphFitting {

  private final Model model;
  private final Map<LayerId, LayerInstance> layers;
  private final LayerNamer names;
  private final ComposedCalls compositions;
  private final Problems problems;
  private final TypeInference inference;
  private final List<Call> calls = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();
  private final Map<Value, Value> replaced = new HashMap<>();
  private final Map<LayerId, List<LayerId>> added = new LinkedHashMap<>();

  /**
   * A network's rewriting.
   *
   * @param layers the table that new layers are added to
   */
  GraphFitting(
      Model model,
      Map<LayerId, LayerInstance> layers,
      LayerNamer names,
      ComposedCalls compositions,
      Problems problems) {
    this.model = model;
    this.layers = layers;
    this.names = names;
    this.compositions = compositions;
    this.problems = problems;
    this.inference = new TypeInference(layers::get);
  }

  /** The network with functions of the target; without those that nothing asks for any more. */
  Network fit(Network network) {
    Graph graph = network.graph();
    for (Call call : graph.calls()) {
      Arguments arguments = call.arguments().mapValues(this::current);
      Call own = new Call(call.name(), call.layer(), arguments, call.outputs());
      if (!isComposed(own, instance(own))) {
        keep(own);
      }
    }
    List<Call> needed = needed(graph);
    Graph fitted =
        Graph.ofCalls(
            graph.name(), graph.inputs(), needed, graph.outputs().mapValues(this::current));
    return new Network(network.kind(), network.className(), layersOf(network, needed), fitted);
  }

  private Value current(Value value) {
    return replaced.getOrDefault(value, value);
  }

  private LayerInstance instance(Call call) {
    LayerInstance instance = layers.get(call.layer());
    if (instance == null) {
      throw new IllegalStateException("no layer " + call.layer());
    }
    return instance;
  }

  private void keep(Call call) {
    LayerInstance instance = instance(call);
    boolean typed = call.inputs().stream().allMatch(value -> value.knownType().isPresent());
    if (instance.layer() instanceof KerasOperation && typed) {
      List<Value> inferred = inference.outputs(instance, call.arguments());
      for (int i = 0; i < inferred.size() && i < call.outputs().size(); i++) {
        inference.infer(call.outputs().get(i), inferred.get(i));
      }
    }
    add(call);
  }

  private void add(Call call) {
    calls.add(call);
    values.addAll(call.outputs());
  }

  private boolean isComposed(Call call, LayerInstance instance) {
    boolean typed =
        call.inputs().stream().allMatch(value -> value.knownType().isPresent())
            && call.outputs().stream().allMatch(value -> value.knownType().isPresent());
    if (!typed || !(instance.layer() instanceof KerasOperation operation)) {
      return false;
    }
    ComposedCall composition =
        new ComposedCall(
            inference,
            values,
            operation.function().bind(operation.arguments(), call.arguments()),
            call.outputs().stream().map(Value::type).toList());
    try {
      Optional<List<Value>> results =
          compositions.composed(operation.function().name(), composition);
      results.ifPresent(own -> replace(call, instance, composition, own));
      return results.isPresent();
    } catch (IllegalArgumentException unfit) {
      // Other arguments than the rules know: the function stays, and is told if it cannot.
      return false;
    } catch (Inexpressible reason) {
      problems.error(
          ProblemCode.LAYER_UNSUPPORTED,
          Place.file(model.provenance().file())
              .withLayer(instance.name(), operation.function().name()),
          reason.rule(),
          reason.found(),
          "build the model without it, or choose another target");
      return false;
    }
  }

  /** The call that gives the first result keeps the name of the layer: outputs are known by it. */
  private void replace(
      Call call, LayerInstance instance, ComposedCall composition, List<Value> results) {
    List<LayerId> ids = added.computeIfAbsent(call.layer(), id -> new ArrayList<>());
    boolean first = ids.isEmpty();
    for (ComposedCall.Step step : composition.steps()) {
      boolean last = step.outputs().contains(results.get(0));
      String name =
          first && last ? instance.name() : names.name(instance.name() + "_" + step.label());
      LayerInstance layer =
          new LayerInstance(
              names.id(),
              name,
              instance.trainable(),
              DtypePolicy.FLOAT32,
              step.layer(),
              Map.of(),
              Map.of(),
              Tree.object());
      layers.put(layer.id(), layer);
      ids.add(layer.id());
      add(new Call(name, layer.id(), step.arguments(), step.outputs()));
    }
    for (int i = 0; i < call.outputs().size(); i++) {
      replaced.put(call.outputs().get(i), results.get(i));
    }
  }

  /** All calls but those of functions whose results go nowhere. */
  private List<Call> needed(Graph graph) {
    Set<Value> used = new HashSet<>(graph.outputs().mapValues(this::current).values());
    List<Call> needed = new ArrayList<>();
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.get(i);
      boolean function = instance(call).layer() instanceof KerasOperation;
      if (!function || call.outputs().stream().anyMatch(used::contains)) {
        needed.add(call);
        used.addAll(call.inputs());
      }
    }
    Collections.reverse(needed);
    return needed;
  }

  /** New layers stand where those stood that they replace. */
  private List<LayerId> layersOf(Network network, List<Call> needed) {
    Set<LayerId> called = new HashSet<>();
    needed.forEach(call -> called.add(call.layer()));
    List<LayerId> ids = new ArrayList<>();
    for (LayerId id : network.layers()) {
      added.getOrDefault(id, List.of()).stream().filter(called::contains).forEach(ids::add);
      LayerInstance layer = layers.get(id);
      if (called.contains(id) || layer == null || !(layer.layer() instanceof KerasOperation)) {
        ids.add(id);
      } else {
        layers.remove(id);
      }
    }
    added
        .values()
        .forEach(own -> own.stream().filter(id -> !called.contains(id)).forEach(layers::remove));
    return ids;
  }
}
