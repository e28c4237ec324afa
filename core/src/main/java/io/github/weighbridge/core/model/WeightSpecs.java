package io.github.weighbridge.core.model;

import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CallTypes;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which weights layers have, as their first calls tell: those within wrappers included. Not
 * thread-safe.
 */
public final class WeightSpecs {

  private final Function<LayerId, LayerInstance> layers;
  private final TypeInference inference;
  private final Map<LayerId, List<WeightSpec>> specs = new HashMap<>();

  /** Those of the instances of a table, of which none is known yet. */
  public WeightSpecs(Function<LayerId, LayerInstance> layers) {
    this.layers = layers;
    this.inference = new TypeInference(layers);
  }

  /**
   * Those of all layers of a model whose input types are known and fit. A call that does not fit
   * its layer is told of where it is lowered or written.
   */
  public static WeightSpecs of(Model model) {
    WeightSpecs specs = new WeightSpecs(model::layer);
    model.networks().forEach(specs::add);
    return specs;
  }

  private void add(Network network) {
    for (Call call : network.graph().calls()) {
      LayerInstance layer = layers.apply(call.layer());
      boolean typed =
          call.inputs().stream().allMatch(value -> value.knownType().isPresent())
              && !call.inputs().isEmpty();
      if (typed && !(layer.layer() instanceof InputLayer) && !isUnknown(layer)) {
        addIfItFits(layer, call);
      }
    }
  }

  private void addIfItFits(LayerInstance layer, Call call) {
    try {
      add(layer, inference.call(layer, call.arguments()));
    } catch (IllegalArgumentException e) {
      // Nothing is known of its weights.
    }
  }

  private boolean isUnknown(LayerInstance layer) {
    return layer.layer() instanceof OpaqueLayer
        || layer.children().values().stream().map(layers).anyMatch(this::isUnknown);
  }

  /** Adds what a call of a layer tells of it and of the layers within it. */
  public void add(LayerInstance layer, CallTypes call) {
    if (layer.layer() instanceof Network) {
      return;
    }
    specs.putIfAbsent(layer.id(), List.copyOf(layer.layer().weights(call)));
    for (Map.Entry<String, List<TensorType>> inner : layer.layer().childInputs(call).entrySet()) {
      LayerId id = layer.children().get(inner.getKey());
      if (id != null) {
        List<Value> inputs =
            inner.getValue().stream().map(type -> new Value(inner.getKey(), type)).toList();
        LayerInstance child = layers.apply(id);
        add(child, inference.call(child, Arguments.of(inputs)));
      }
    }
  }

  /** The weights that a layer must have; nothing where its inputs are not known. */
  public Optional<List<WeightSpec>> of(LayerId layer) {
    return Optional.ofNullable(specs.get(layer));
  }
}
