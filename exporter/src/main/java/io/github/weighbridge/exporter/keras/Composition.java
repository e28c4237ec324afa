package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.lowering.KerasFunctions;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.TypeInference;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network in the making that takes the place of a layer: the calls of the layer become calls of
 * the network. What keeps the layer's weights has the layer's name too.
 */
final class Composition {

  private final Map<LayerId, LayerInstance> layers;
  private final LayerInstance outer;
  private final TypeInference inference;
  private final List<Value> inputs = new ArrayList<>();
  private final List<LayerId> ids = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();

  /**
   * A network of inputs alone.
   *
   * @param layers the table that its layers are added to
   * @param outer the layer
   * @param types what the layer is called with
   */
  Composition(Map<LayerId, LayerInstance> layers, LayerInstance outer, List<TensorType> types) {
    this.layers = layers;
    this.outer = outer;
    this.inference = new TypeInference(id -> layers.getOrDefault(id, outer));
    for (TensorType type : types) {
      List<@Nullable Long> sizes = new ArrayList<>();
      type.shape().dims().forEach(dim -> sizes.add(sizeOf(dim)));
      String name = suffixed("input" + (inputs.isEmpty() ? "" : "_" + inputs.size()));
      LayerInstance input =
          instance(
              name, new InputLayer(sizes, type.dtype()), DtypePolicy.FLOAT32, Map.of(), Map.of());
      Value value = new Value(name, type);
      add(input, new Arguments(List.of(), Map.of()), List.of(value));
      inputs.add(value);
    }
  }

  private static @Nullable Long sizeOf(Dim dim) {
    return dim.isFixed() ? dim.size() : null;
  }

  /** The layer that the network is for. */
  LayerInstance layer() {
    return outer;
  }

  /** A weight of the layer, which has it. */
  WeightRef weight(String name) {
    WeightRef weight = outer.weights().get(name);
    if (weight == null) {
      throw new IllegalStateException("no weight " + name + " in " + outer.name());
    }
    return weight;
  }

  /** What the layer is called with first. */
  Value input() {
    return inputs.get(0);
  }

  /** All that the layer is called with. */
  List<Value> inputs() {
    return List.copyOf(inputs);
  }

  /** The shape of what the layer is called with first. */
  Shape shape() {
    return input().type().shape();
  }

  /** A layer without weights. */
  Value layer(Layer layer, Value... given) {
    // Layers of text have a policy in which nothing else computes.
    DtypePolicy policy = outer.dtype().compute().isFloating() ? outer.dtype() : DtypePolicy.FLOAT32;
    String name = suffixed(String.valueOf(calls.size() - inputs.size()));
    return call(instance(name, layer, policy, Map.of(), Map.of()), List.of(given)).get(0);
  }

  /** A layer with weights of the outer one's type, named by what they are. */
  Value weighted(String suffix, Layer layer, Map<String, WeightRef> weights, Value given) {
    return call(instance(suffixed(suffix), layer, outer.dtype(), weights, Map.of()), List.of(given))
        .get(0);
  }

  /** Changes the layers within the outer one. */
  void changeChildren(UnaryOperator<Layer> change) {
    for (LayerId id : outer.children().values()) {
      layers.computeIfPresent(id, (key, child) -> child.withLayer(change.apply(child.layer())));
    }
  }

  /** The layer that keeps the outer one's name, with these weights and the layers within it. */
  List<Value> named(Layer layer, Map<String, WeightRef> weights, Value given) {
    return call(
        instance(outer.name(), layer, outer.dtype(), weights, outer.children()), List.of(given));
  }

  /**
   * A function.
   *
   * @param name Keras 3's or TensorFlow's, as canonical form has it
   * @param options what stands in its configuration
   * @param operands values, and literals as trees
   */
  Value function(String name, Tree.Obj options, Object... operands) {
    return functions(name, options, operands).get(0);
  }

  /** The same for a function of several results. */
  List<Value> functions(String name, Tree.Obj options, Object... operands) {
    KerasOperation operation =
        new KerasOperation(KerasFunctions.named(name).orElseThrow(), options, Tree.object());
    LayerInstance instance =
        instance(
            suffixed(String.valueOf(calls.size() - inputs.size())),
            operation,
            DtypePolicy.FLOAT32,
            Map.of(),
            Map.of());
    List<Argument> arguments = Stream.of(operands).map(Composition::argument).toList();
    return call(instance, new Arguments(arguments, Map.of()));
  }

  private static Argument argument(Object operand) {
    return operand instanceof Value value
        ? new Argument.Of(value)
        : new Argument.Literal(Tree.of(operand));
  }

  /** The outer layer's instance as the network that ends so. */
  LayerInstance returning(Network.Kind kind, List<Value> outputs) {
    Graph graph =
        Graph.ofCalls(outer.name(), Argument.of(inputs), calls, Argument.of(List.copyOf(outputs)));
    String className = kind == Network.Kind.SEQUENTIAL ? "Sequential" : "Functional";
    return new LayerInstance(
        outer.id(),
        outer.name(),
        outer.trainable(),
        outer.dtype(),
        new Network(kind, className, ids, graph),
        Map.of(),
        Map.of(),
        Tree.object());
  }

  /** The outer layer's instance as the functional model that returns this. */
  LayerInstance returning(Value output) {
    return returning(Network.Kind.FUNCTIONAL, List.of(output));
  }

  private String suffixed(String suffix) {
    return outer.name() + "_" + suffix;
  }

  private LayerInstance instance(
      String name,
      Layer layer,
      DtypePolicy policy,
      Map<String, WeightRef> weights,
      Map<String, LayerId> children) {
    int last = layers.keySet().stream().mapToInt(LayerId::index).max().orElse(0);
    LayerInstance added =
        new LayerInstance(
            new LayerId(last + 1),
            name,
            outer.trainable(),
            policy,
            layer,
            weights,
            children,
            Tree.object());
    layers.put(added.id(), added);
    return added;
  }

  private List<Value> call(LayerInstance step, List<Value> given) {
    return call(step, Arguments.of(given));
  }

  private List<Value> call(LayerInstance step, Arguments arguments) {
    List<Value> outputs = new ArrayList<>();
    for (Value output : inference.outputs(step, arguments)) {
      String suffix = outputs.isEmpty() ? "" : ":" + outputs.size();
      Value value = new Value(step.name() + suffix, output.type());
      inference.infer(value, output);
      outputs.add(value);
    }
    return add(step, arguments, outputs);
  }

  private List<Value> add(LayerInstance step, Arguments arguments, List<Value> outputs) {
    calls.add(new Call(step.name(), step.id(), arguments, outputs));
    ids.add(step.id());
    return outputs;
  }
}
