package io.github.weighbridge.core.model;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CallTypes;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.Quantization;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Types of what layers return, from the types that they are called with. Floating-point inputs are
 * cast to the type that the layer computes in, as Keras does.
 */
public final class TypeInference {

  private final Function<LayerId, LayerInstance> layers;

  /** Inference over the instances of a table. */
  public TypeInference(Function<LayerId, LayerInstance> layers) {
    this.layers = layers;
  }

  /** What is known of a call of a layer; every value of the arguments has a type. */
  public CallTypes call(LayerInstance layer, Arguments arguments) {
    return new Types(layer, arguments);
  }

  /**
   * The types that a call returns.
   *
   * @throws IllegalArgumentException if the inputs do not fit, saying which rule is broken
   */
  public List<TensorType> outputTypes(LayerInstance layer, Arguments arguments) {
    return layer.layer().outputTypes(call(layer, arguments));
  }

  private List<TensorType> networkOutputs(Network network, List<TensorType> inputs) {
    Graph graph = network.graph();
    Map<Value, Value> typed = new HashMap<>();
    List<Value> own = graph.inputValues();
    if (own.size() != inputs.size()) {
      throw new IllegalArgumentException(own.size() + " inputs are needed, got " + inputs.size());
    }
    for (int i = 0; i < own.size(); i++) {
      typed.put(own.get(i), new Value(own.get(i).name(), inputs.get(i)));
    }
    for (Call call : graph.calls()) {
      if (typed.keySet().containsAll(call.outputs())
          || !typed.keySet().containsAll(call.inputs())) {
        // An input, or a call behind a layer of which nothing is known.
        continue;
      }
      List<TensorType> types =
          outputTypes(layers.apply(call.layer()), call.arguments().mapValues(typed::get));
      for (int i = 0; i < types.size() && i < call.outputs().size(); i++) {
        Value output = call.outputs().get(i);
        typed.put(output, new Value(output.name(), types.get(i)));
      }
    }
    return typed.keySet().containsAll(graph.outputValues())
        ? graph.outputValues().stream().map(v -> value(typed, v).type()).toList()
        : List.of();
  }

  private static Value value(Map<Value, Value> typed, Value value) {
    @Nullable Value found = typed.get(value);
    if (found == null) {
      throw new IllegalStateException("nothing makes " + value);
    }
    return found;
  }

  private final class Types implements CallTypes {
    private final LayerInstance layer;
    private final Arguments arguments;

    Types(LayerInstance layer, Arguments arguments) {
      this.layer = layer;
      this.arguments = arguments;
    }

    @Override
    public Arguments arguments() {
      return arguments;
    }

    @Override
    public List<TensorType> inputs() {
      return arguments.inputs().stream().map(this::cast).toList();
    }

    @Override
    public List<TensorType> keyword(String name) {
      return arguments.keyword(name).map(Argument::values).orElse(List.of()).stream()
          .map(this::cast)
          .toList();
    }

    private TensorType cast(Value value) {
      TensorType type = value.type();
      return type.dtype().isFloating() ? type.withDtype(computeType()) : type;
    }

    @Override
    public DataType computeType() {
      return layer.dtype().compute();
    }

    @Override
    public DataType variableType() {
      return layer.dtype().variable();
    }

    @Override
    public Optional<Quantization> quantization() {
      return Optional.ofNullable(layer.dtype().quantization());
    }

    @Override
    public Optional<Layer> child(String name) {
      return Optional.ofNullable(layer.children().get(name)).map(id -> layers.apply(id).layer());
    }

    @Override
    public List<TensorType> childOutputs(String child, List<TensorType> inputs) {
      if (layer.layer() instanceof Network network) {
        return networkOutputs(network, inputs);
      }
      return outputTypes(childInstance(child), arguments(child, inputs));
    }

    @Override
    public List<WeightSpec> childWeights(String child, List<TensorType> inputs) {
      LayerInstance inner = childInstance(child);
      return inner.layer().weights(call(inner, arguments(child, inputs)));
    }

    private LayerInstance childInstance(String child) {
      LayerId id = layer.children().get(child);
      if (id == null) {
        throw new IllegalArgumentException("the inner layer '" + child + "' is missing");
      }
      return layers.apply(id);
    }

    private static Arguments arguments(String child, List<TensorType> inputs) {
      return Arguments.of(inputs.stream().map(type -> new Value(child, type)).toList());
    }
  }
}
