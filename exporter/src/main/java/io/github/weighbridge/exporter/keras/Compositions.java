package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.StepLoop;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts networks of several layers in the place of layers that the target has not as such. */
final class Compositions {

  private static final String TRAINING = "training";

  private final Model model;
  private final Map<LayerId, LayerInstance> layers;

  /**
   * Networks in the place of a model's layers.
   *
   * @param layers the table that their layers are added to
   */
  Compositions(Model model, Map<LayerId, LayerInstance> layers) {
    this.model = model;
    this.layers = layers;
  }

  /**
   * A network for a layer, still of inputs alone.
   *
   * @return nothing where the types of its inputs are not known, or calls have arguments that a
   *     network does not take
   */
  Optional<Composition> of(LayerInstance instance) {
    List<Call> calls = calls(instance);
    if (calls.isEmpty() || !calls.stream().allMatch(Compositions::isPlain)) {
      return Optional.empty();
    }
    List<Value> inputs = calls.get(0).arguments().inputs();
    List<TensorType> types = inputs.stream().flatMap(value -> value.knownType().stream()).toList();
    return types.isEmpty() || types.size() < inputs.size()
        ? Optional.empty()
        : Optional.of(new Composition(layers, instance, types));
  }

  /**
   * The same for a layer that functions stand in for, which pass no mask on as the layer does.
   *
   * @return nothing where the model has masks
   */
  Optional<Composition> unmasked(LayerInstance instance) {
    return model.layers().stream().anyMatch(LayerNames::makesMask)
        ? Optional.empty()
        : of(instance);
  }

  private List<Call> calls(LayerInstance instance) {
    return model.networks().stream()
        .flatMap(network -> network.graph().calls().stream())
        .filter(call -> call.layer().equals(instance.id()))
        .toList();
  }

  /** In which type a layer is given its first input, if it is called and that is known. */
  Optional<DataType> inputType(LayerInstance instance) {
    return calls(instance).stream()
        .flatMap(call -> call.arguments().inputs().stream().limit(1))
        .flatMap(value -> value.knownType().stream())
        .map(TensorType::dtype)
        .findFirst();
  }

  /** The loop over steps that a layer is, or that Bidirectional has within it. */
  Optional<StepLoop> loop(LayerInstance instance) {
    Layer layer = instance.layer();
    LayerId forward = instance.children().get(Bidirectional.FORWARD);
    if (layer instanceof Bidirectional && forward != null) {
      layer = Objects.requireNonNull(layers.get(forward)).layer();
    }
    return layer instanceof StepLoop loop ? Optional.of(loop) : Optional.empty();
  }

  private static boolean isPlain(Call call) {
    return call.arguments().positional().size() == 1
        && call.arguments().keyword().entrySet().stream()
            .allMatch(named -> named.getKey().equals(TRAINING) || named.getValue().isNone());
  }

  /**
   * A layer's instance as a Sequential of these layers.
   *
   * @param own which of them keeps the instance's weights and its name
   * @return nothing where {@link #of} returns nothing
   */
  Optional<LayerInstance> chained(LayerInstance instance, List<Layer> chain, int own) {
    return of(instance).map(composition -> chained(composition, chain, own));
  }

  private static LayerInstance chained(Composition composition, List<Layer> chain, int own) {
    Value current = composition.input();
    for (int i = 0; i < chain.size(); i++) {
      current =
          i == own
              ? composition.named(chain.get(i), composition.layer().weights(), current).get(0)
              : composition.layer(chain.get(i), current);
    }
    return composition.returning(Network.Kind.SEQUENTIAL, List.of(current));
  }
}
