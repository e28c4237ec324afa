package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.layer.Relu;
import io.github.weighbridge.core.layer.Rescaling;
import io.github.weighbridge.core.layer.ThresholdedRelu;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a model to what a generation of Keras can express, where another way to say it computes
 * the same: each rule is exact, or says what it changes.
 */
final class Fitting {

  private final Model model;
  private final boolean keras3;
  private final HardSigmoids hardSigmoids;
  private final Problems problems;
  private final Map<LayerId, LayerInstance> fitted = new LinkedHashMap<>();
  private boolean rescaled;

  private Fitting(Model model, boolean keras3, Problems problems) {
    this.model = model;
    this.keras3 = keras3;
    this.hardSigmoids = keras3 ? HardSigmoids.toKeras3() : HardSigmoids.toKeras2();
    this.problems = problems;
  }

  /**
   * A model, and whether its weights were scaled: then the state of an optimizer fits no longer.
   */
  record Fitted(Model model, boolean rescaled) {}

  /** The model as Keras 3 can express it, or tf.keras 2.15. */
  static Fitted of(Model model, boolean keras3, Problems problems) {
    Fitting fitting = new Fitting(model, keras3, problems);
    model.layers().forEach(layer -> fitting.fitted.put(layer.id(), layer));
    model.layers().forEach(fitting::fit);
    if (keras3) {
      fitting.rename();
    }
    return new Fitted(model.withLayers(fitting.fitted.values()), fitting.rescaled);
  }

  private void fit(LayerInstance instance) {
    Layer layer = instance.layer();
    Optional<LayerInstance> scaled = hardSigmoids.rescaled(instance);
    if (scaled.isPresent()) {
      rescaled = true;
      fitted.put(instance.id(), scaled.get());
      return;
    }
    hardSigmoids.factorOf(layer).ifPresent(factor -> hardSigmoid(instance, factor));
    if (keras3 && layer instanceof ThresholdedRelu thresholded) {
      fitted.put(instance.id(), instance.withLayer(relu(thresholded, instance)));
    }
  }

  /** {@code x > theta} is {@code x >= the next number}. */
  private static Relu relu(ThresholdedRelu layer, LayerInstance instance) {
    boolean wide = instance.dtype().compute() == DataType.FLOAT64;
    double threshold =
        wide ? Math.nextUp(layer.theta()) : (double) Math.nextUp((float) layer.theta());
    return new Relu(null, 0, threshold);
  }

  /** No weight stands before the function: a factor does, and both become one model. */
  private void hardSigmoid(LayerInstance instance, double factor) {
    TensorType type = firstInput(instance.id());
    if (type == null) {
      return;
    }
    String name = instance.name();
    List<@Nullable Long> sizes = new ArrayList<>();
    type.shape().dims().forEach(dim -> sizes.add(sizeOf(dim)));
    LayerInstance input = add(instance, name + "_input", new InputLayer(sizes, type.dtype()));
    LayerInstance rescaling =
        add(instance, name + "_rescaling", new Rescaling(Numbers.of(factor), Numbers.of(0), true));
    LayerInstance function =
        add(instance, name + "_function", new ActivationLayer(hardSigmoids.target()));
    Value x = new Value(input.name(), type);
    Value scaled = new Value(rescaling.name(), type);
    Value y = new Value(function.name(), type);
    Graph graph =
        Graph.ofCalls(
            name,
            new Argument.Of(x),
            List.of(
                new Call(input.name(), input.id(), new Arguments(List.of(), Map.of()), List.of(x)),
                new Call(
                    rescaling.name(), rescaling.id(), Arguments.of(List.of(x)), List.of(scaled)),
                new Call(
                    function.name(), function.id(), Arguments.of(List.of(scaled)), List.of(y))),
            new Argument.Of(y));
    fitted.put(
        instance.id(),
        instance.withLayer(
            new Network(
                Network.Kind.SEQUENTIAL,
                "Sequential",
                List.of(input.id(), rescaling.id(), function.id()),
                graph)));
  }

  private static @Nullable Long sizeOf(Dim dim) {
    return dim.isFixed() ? dim.size() : null;
  }

  private LayerInstance add(LayerInstance outer, String name, Layer layer) {
    LayerInstance added =
        new LayerInstance(
            new LayerId(fitted.keySet().stream().mapToInt(LayerId::index).max().orElse(0) + 1),
            name,
            outer.trainable(),
            outer.dtype(),
            layer,
            Map.of(),
            Map.of(),
            io.github.weighbridge.core.config.Tree.object());
    fitted.put(added.id(), added);
    return added;
  }

  private @Nullable TensorType firstInput(LayerId layer) {
    List<Network> networks = new ArrayList<>(List.of(model.network()));
    for (LayerInstance instance : model.layers()) {
      if (instance.layer() instanceof Network network) {
        networks.add(network);
      }
    }
    return networks.stream()
        .flatMap(network -> network.graph().calls().stream())
        .filter(call -> call.layer().equals(layer) && !call.arguments().inputs().isEmpty())
        .flatMap(call -> call.arguments().inputs().get(0).knownType().stream())
        .findFirst()
        .orElse(null);
  }

  /** Keras 3 has no slashes in names. */
  private void rename() {
    Set<String> taken = new HashSet<>();
    fitted.values().forEach(layer -> taken.add(layer.name()));
    Map<LayerId, LayerInstance> renamed = new HashMap<>();
    for (LayerInstance layer : fitted.values()) {
      if (layer.name().contains("/")) {
        String name = layer.name().replace('/', '_');
        for (int i = 1; !taken.add(name); i++) {
          name = layer.name().replace('/', '_') + "_" + i;
        }
        problems.warning(
            ProblemCode.TARGET_DROPS,
            place(layer).withKey("name"),
            "Keras 3 has no slash in names of layers; the layer is renamed",
            name,
            "");
        renamed.put(layer.id(), layer.withName(name));
      }
    }
    fitted.putAll(renamed);
  }

  private Place place(LayerInstance layer) {
    return Place.file(model.provenance().file()).withLayer(layer.name(), layer.className());
  }
}
