package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CallTypes;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.TypeInference;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The layers of a model in the making, and their calls. Not thread-safe. */
final class ModelCalls {

  private final Place file;
  private final DtypePolicy policy;
  private final Map<LayerId, LayerInstance> table = new LinkedHashMap<>();
  private final Map<LayerId, Integer> own = new LinkedHashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final TypeInference inference = new TypeInference(this::get);

  /** A model without layers, which all compute by a policy. */
  ModelCalls(Place file, DtypePolicy policy) {
    this.file = file;
    this.policy = policy;
  }

  private LayerInstance get(LayerId id) {
    LayerInstance instance = table.get(id);
    if (instance == null) {
      throw new IllegalStateException("layer " + id + " was not added");
    }
    return instance;
  }

  /** Every layer so far, those within others included. */
  Collection<LayerInstance> layers() {
    return List.copyOf(table.values());
  }

  /** The layers that are called, in order. */
  List<LayerId> called() {
    return List.copyOf(own.keySet());
  }

  /** Whether a value is given to the model. */
  boolean isInput(Value value) {
    return calls.stream()
        .filter(call -> call.outputs().contains(value))
        .anyMatch(call -> get(call.layer()).layer() instanceof InputLayer);
  }

  /** The calls so far. */
  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** What is given to the model. */
  Value input(String name, InputLayer layer) {
    LayerInstance instance = instance(unique(name), layer, Map.of(), Map.of(), true);
    own.put(instance.id(), 1);
    Value value = new Value(instance.name(), layer.type(instance.name()));
    calls.add(
        new Call(
            instance.name(), instance.id(), new Arguments(List.of(), Map.of()), List.of(value)));
    return value;
  }

  /** A layer that stands within another one. */
  LayerId inner(
      String name,
      Layer layer,
      Map<String, WeightRef> weights,
      Map<String, LayerId> children,
      boolean trainable) {
    return instance(name, layer, weights, children, trainable).id();
  }

  /** Adds a layer, to be called once or more often. */
  LayerId add(
      String name,
      Layer layer,
      Map<String, WeightRef> weights,
      Map<String, LayerId> children,
      boolean trainable) {
    return instance(unique(name), layer, weights, children, trainable).id();
  }

  /**
   * Calls a layer that was added.
   *
   * @return the outputs
   * @throws ProblemsException if the inputs do not fit it, or they and its weights do not go
   *     together
   */
  List<Value> call(LayerId layer, Arguments arguments) {
    LayerInstance instance = get(layer);
    Place place = file.withLayer(instance.name(), LayerCatalog.className(instance.layer()));
    List<Value> inferred;
    try {
      inferred = inference.outputs(instance, arguments);
      requireWeights(instance, inference.call(instance, arguments), place);
    } catch (IllegalArgumentException e) {
      throw misfit(place, String.valueOf(e.getMessage()), arguments.values().toString());
    } catch (ArithmeticException e) {
      throw misfit(place, "must have sizes that fit 64 bits", arguments.values().toString());
    }
    int before = own.merge(layer, 1, Integer::sum) - 1;
    String name = before == 0 ? instance.name() : instance.name() + ":" + before;
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < inferred.size(); i++) {
      String output = inferred.size() == 1 ? name : name + "#" + i;
      Value value = new Value(output, inferred.get(i).type());
      inference.infer(value, inferred.get(i));
      outputs.add(value);
    }
    calls.add(new Call(name, layer, arguments, outputs));
    return List.copyOf(outputs);
  }

  /** The sizes of a layer's input are told by its parameters and by what comes in: both count. */
  private static void requireWeights(LayerInstance instance, CallTypes types, Place place) {
    for (WeightSpec spec : instance.layer().weights(types)) {
      WeightRef weight = spec.isOwn() ? instance.weights().get(spec.name()) : null;
      if (weight != null && !weight.type().shape().equals(spec.shape())) {
        throw misfit(
            place.withKey(spec.name()),
            "must have an input for which its parameters are made, of shape "
                + weight.type().shape(),
            "an input for parameters of shape "
                + spec.shape()
                + ": "
                + types.inputs().stream()
                    .map(t -> t.shape().toString())
                    .collect(Collectors.joining(", ")));
      }
    }
  }

  private static ProblemsException misfit(Place place, String rule, String found) {
    return ProblemsException.of(
        ProblemCode.SHAPE_MISMATCH,
        place,
        rule,
        found,
        "the layers of the file do not fit each other; DL4J cannot run it either");
  }

  private LayerInstance instance(
      String name,
      Layer layer,
      Map<String, WeightRef> weights,
      Map<String, LayerId> children,
      boolean trainable) {
    LayerInstance instance =
        new LayerInstance(
            new LayerId(table.size()),
            name,
            trainable,
            policy,
            layer,
            weights,
            children,
            Tree.object());
    table.put(instance.id(), instance);
    return instance;
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 1; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
