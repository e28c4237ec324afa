package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.TypeInference;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a Sequential of several layers in the place of a layer that the target has not as such. */
final class Chains {

  private final Model model;
  private final Map<LayerId, LayerInstance> layers;

  /**
   * Chains of a model's layers.
   *
   * @param layers the table that they are added to
   */
  Chains(Model model, Map<LayerId, LayerInstance> layers) {
    this.model = model;
    this.layers = layers;
  }

  /**
   * A layer's instance as a Sequential of these layers.
   *
   * @param own which of them keeps the instance's weights
   * @return nothing where the type of its input is not known
   */
  Optional<LayerInstance> chained(LayerInstance instance, List<Layer> chain, int own) {
    return firstInput(instance.id()).map(input -> chained(instance, chain, own, input));
  }

  private LayerInstance chained(
      LayerInstance instance, List<Layer> chain, int own, TensorType type) {
    List<@Nullable Long> sizes = new ArrayList<>();
    type.shape().dims().forEach(dim -> sizes.add(sizeOf(dim)));
    LayerInstance input = add(instance, "input", new InputLayer(sizes, type.dtype()), Map.of());
    Value first = new Value(input.name(), type);
    List<LayerId> ids = new ArrayList<>(List.of(input.id()));
    List<Call> calls = new ArrayList<>();
    calls.add(
        new Call(input.name(), input.id(), new Arguments(List.of(), Map.of()), List.of(first)));
    TypeInference inference = new TypeInference(id -> layers.getOrDefault(id, instance));
    Value current = first;
    for (int i = 0; i < chain.size(); i++) {
      LayerInstance step =
          add(instance, String.valueOf(i), chain.get(i), i == own ? instance.weights() : Map.of());
      Arguments arguments = Arguments.of(List.of(current));
      current = new Value(step.name(), inference.outputTypes(step, arguments).get(0));
      calls.add(new Call(step.name(), step.id(), arguments, List.of(current)));
      ids.add(step.id());
    }
    Graph graph =
        Graph.ofCalls(instance.name(), new Argument.Of(first), calls, new Argument.Of(current));
    return instance
        .withWeights(Map.of())
        .withLayer(new Network(Network.Kind.SEQUENTIAL, "Sequential", ids, graph));
  }

  private static @Nullable Long sizeOf(Dim dim) {
    return dim.isFixed() ? dim.size() : null;
  }

  private LayerInstance add(
      LayerInstance outer, String suffix, Layer layer, Map<String, WeightRef> weights) {
    int last = layers.keySet().stream().mapToInt(LayerId::index).max().orElse(0);
    LayerInstance added =
        new LayerInstance(
            new LayerId(last + 1),
            outer.name() + "_" + suffix,
            outer.trainable(),
            // Layers of text have a policy in which nothing else computes.
            weights.isEmpty() && !outer.dtype().compute().isFloating()
                ? DtypePolicy.FLOAT32
                : outer.dtype(),
            layer,
            weights,
            Map.of(),
            Tree.object());
    layers.put(added.id(), added);
    return added;
  }

  private Optional<TensorType> firstInput(LayerId layer) {
    return model.networks().stream()
        .flatMap(network -> network.graph().calls().stream())
        .filter(call -> call.layer().equals(layer) && !call.arguments().inputs().isEmpty())
        .flatMap(call -> call.arguments().inputs().get(0).knownType().stream())
        .findFirst();
  }
}
