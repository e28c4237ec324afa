package io.github.weighbridge.core.model;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CallTypes;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A model put together in a few lines. Types are inferred at each call, weights are made up when a
 * layer is first called. Nested networks are sketched with {@link #nested} and share the table.
 */
public final class ModelSketch {

  private final Map<LayerId, LayerInstance> table;
  private final Random random;
  private final List<Value> inputs = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();

  /** An empty model whose weights are drawn with this seed. */
  public ModelSketch(long seed) {
    this(new TreeMap<>(), new Random(seed));
  }

  private ModelSketch(Map<LayerId, LayerInstance> table, Random random) {
    this.table = table;
    this.random = random;
  }

  /** A network of its own whose layers stand in the same table. */
  public ModelSketch nested() {
    return new ModelSketch(table, random);
  }

  /** An input. */
  public Value input(String name, TensorType type) {
    Value input = new Value(name, type);
    inputs.add(input);
    return input;
  }

  /** A layer, not yet called. */
  public LayerId layer(String name, Layer layer) {
    return layer(name, layer, DtypePolicy.FLOAT32, Map.of());
  }

  /** A layer with inner layers, of some dtype policy, not yet called. */
  public LayerId layer(String name, Layer layer, DtypePolicy dtype, Map<String, LayerId> children) {
    LayerId id = new LayerId(table.size());
    table.put(
        id, new LayerInstance(id, name, true, dtype, layer, Map.of(), children, Tree.object()));
    return id;
  }

  /** A call of a layer on values. */
  public List<Value> call(LayerId id, Value... given) {
    return call(id, Arguments.of(List.of(given)));
  }

  /** A call of a new layer on values; its first output. */
  public Value add(String name, Layer layer, Value... given) {
    return call(layer(name, layer), given).get(0);
  }

  /** A call with any arguments. Behind values of unknown type nothing is inferred. */
  public List<Value> call(LayerId id, Arguments arguments) {
    LayerInstance layer = instance(id);
    int index = names.merge(layer.name(), 1, Integer::sum) - 1;
    String name = index == 0 ? layer.name() : layer.name() + ":" + index;
    List<TensorType> types = List.of();
    if (arguments.values().stream().allMatch(v -> v.knownType().isPresent())) {
      TypeInference inference = new TypeInference(this::instance);
      fill(layer, inference.call(layer, arguments), inference);
      types = inference.outputTypes(instance(id), arguments);
    }
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      outputs.add(new Value(types.size() == 1 ? name : name + "#" + i, types.get(i)));
    }
    if (types.isEmpty()) {
      outputs.add(new Value(name, null));
    }
    calls.add(new Call(name, id, arguments, outputs));
    return outputs;
  }

  private LayerInstance instance(LayerId id) {
    LayerInstance layer = table.get(id);
    if (layer == null) {
      throw new IllegalArgumentException("no layer " + id);
    }
    return layer;
  }

  /** Makes up the weights of a layer and of those within it, unless it has some. */
  private void fill(LayerInstance layer, CallTypes call, TypeInference inference) {
    if (layer.weights().isEmpty() && !(layer.layer() instanceof Network)) {
      Map<String, WeightRef> weights = new LinkedHashMap<>();
      for (WeightSpec spec : layer.layer().weights(call)) {
        WeightRef weight = WeightRef.of(numbers(spec));
        weights.put(spec.name(), spec.dtype() == null ? weight : weight.cast(spec.dtype()));
      }
      table.put(layer.id(), layer.withWeights(weights));
    }
    layer
        .layer()
        .childInputs(call)
        .forEach(
            (key, types) -> {
              LayerId child = layer.children().get(key);
              if (child != null) {
                List<Value> values = types.stream().map(type -> new Value(key, type)).toList();
                fill(
                    instance(child),
                    inference.call(instance(child), Arguments.of(values)),
                    inference);
              }
            });
  }

  /** Variances are positive; everything else is on both sides of 0. */
  private Tensor numbers(WeightSpec spec) {
    float[] values = new float[Math.toIntExact(spec.shape().elementCount())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() - (spec.name().endsWith("variance") ? -0.5 : 0.5));
    }
    return Tensor.of(values, spec.shape().sizes()).cast(DataType.FLOAT32);
  }

  /** The network of what was called so far. */
  public Network network(String name, Value... outputs) {
    List<LayerId> layers = calls.stream().map(Call::layer).distinct().toList();
    Graph graph = Graph.ofCalls(name, Argument.of(inputs), calls, Argument.of(List.of(outputs)));
    return new Network(Network.Kind.FUNCTIONAL, "Functional", layers, graph);
  }

  /** The model of what was called so far. */
  public Model build(Value... outputs) {
    return new Model(
        "model",
        network("model", outputs),
        List.copyOf(table.values()),
        new Provenance("sketch.keras", "keras", "Keras 3", null, null),
        null,
        TrainingRecord.NONE,
        List.of(),
        () -> {});
  }
}
