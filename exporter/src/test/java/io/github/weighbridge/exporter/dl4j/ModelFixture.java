package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Node;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.Provenance;
import io.github.weighbridge.core.model.TrainingRecord;
import io.github.weighbridge.core.model.TypeInference;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.CompilationConfig;
import io.github.weighbridge.core.training.Initializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Builds small models by hand, with seeded weights. */
final class ModelFixture {

  private final List<LayerInstance> layers = new ArrayList<>();
  private final List<Node> calls = new ArrayList<>();
  private final List<Value> inputs = new ArrayList<>();
  private final TypeInference inference = new TypeInference(id -> layers.get(id.index()));
  private final Random random = new Random(17);
  private TrainingRecord training = TrainingRecord.NONE;

  /** An input of these sizes, the batch left out. */
  Value input(String name, @Nullable Long... sizes) {
    List<@Nullable Long> shape = new ArrayList<>();
    shape.add(null);
    shape.addAll(java.util.Arrays.asList(sizes));
    InputLayer layer = new InputLayer(shape, DataType.FLOAT32);
    Value value = new Value(name, layer.type(name));
    inputs.add(value);
    LayerId id = add(name, layer, Map.of());
    calls.add(new Call(name, id, Arguments.of(List.of()), List.of(value)));
    return value;
  }

  /** A layer, called once. */
  Value call(String name, Layer layer, Value... arguments) {
    Arguments given = Arguments.of(List.of(arguments));
    LayerId id = add(name, layer, Map.of());
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    for (WeightSpec spec : layer.weights(inference.call(layers.get(id.index()), given))) {
      weights.put(spec.name(), weight(spec.shape().sizes()));
    }
    layers.set(id.index(), layers.get(id.index()).withWeights(weights));
    return again(name, id, given);
  }

  /** Another call of the layer that was added last. */
  Value callAgain(String name, Value... arguments) {
    return again(name, layers.get(layers.size() - 1).id(), Arguments.of(List.of(arguments)));
  }

  private Value again(String name, LayerId id, Arguments given) {
    TensorType type = inference.outputTypes(layers.get(id.index()), given).get(0);
    Value output = new Value(name, type);
    calls.add(new Call(name, id, given, List.of(output)));
    return output;
  }

  private LayerId add(String name, Layer layer, Map<String, WeightRef> weights) {
    LayerId id = new LayerId(layers.size());
    layers.add(
        new LayerInstance(
            id, name, true, DtypePolicy.FLOAT32, layer, weights, Map.of(), Tree.object()));
    return id;
  }

  private WeightRef weight(long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count *= (int) size;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return WeightRef.of(Tensor.of(values, sizes));
  }

  /** What the model was compiled with. */
  ModelFixture compiledWith(String loss) {
    Tree.Obj config = Tree.object().with("loss", Tree.object().with("class_name", Tree.of(loss)));
    training =
        new TrainingRecord(
            config,
            CompilationConfig.read(config, Place.UNKNOWN, new Problems()).orElseThrow(),
            null);
    return this;
  }

  /** The model. */
  Model build(Network.Kind kind, Value... outputs) {
    List<String> names = new ArrayList<>();
    for (Value output : outputs) {
      names.add(output.name());
    }
    Graph graph =
        new Graph(
            "model", Argument.of(inputs), Map.of(), calls, Argument.of(List.of(outputs)), names);
    Network network =
        new Network(kind, "Functional", layers.stream().map(LayerInstance::id).toList(), graph);
    return new Model(
        "model",
        network,
        layers,
        new Provenance("model.keras", "keras", "Keras 3", null, null),
        null,
        training,
        List.of(),
        () -> {});
  }

  /** Dense with a bias. */
  static Dense dense(int units, String activation) {
    Initializer zeros = new Initializer("Zeros", Tree.object());
    return new Dense(
        units, Activation.of(activation), true, zeros, zeros, null, null, null, null, null, null);
  }
}
