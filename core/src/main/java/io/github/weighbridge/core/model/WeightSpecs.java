package io.github.weighbridge.core.model;

import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CallTypes;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which weights the layers of a model must have, as their first calls tell. */
public final class WeightSpecs {

  private final Model model;
  private final TypeInference inference;
  private final Map<LayerId, List<WeightSpec>> specs = new HashMap<>();

  private WeightSpecs(Model model) {
    this.model = model;
    this.inference = new TypeInference(model::layer);
  }

  /** Those of a model's layers, nested ones included. */
  public static WeightSpecs of(Model model) {
    WeightSpecs all = new WeightSpecs(model);
    all.collect(model.network());
    return all;
  }

  /** Those of a layer, in the order in which Keras makes them; nothing if they are not known. */
  public Optional<List<WeightSpec>> of(LayerId layer) {
    return Optional.ofNullable(specs.get(layer));
  }

  private void collect(Network network) {
    for (Call call : network.graph().calls()) {
      LayerInstance layer = model.layer(call.layer());
      boolean typed = call.inputs().stream().allMatch(v -> v.knownType().isPresent());
      if (layer.layer() instanceof Network nested) {
        collect(nested);
      } else if (typed && !call.inputs().isEmpty()) {
        collect(layer, inference.call(layer, call.arguments()));
      }
    }
  }

  private void collect(LayerInstance layer, CallTypes call) {
    if (isUnknown(layer)) {
      return;
    }
    if (layer.layer() instanceof Network nested) {
      collect(nested);
      return;
    }
    specs.putIfAbsent(layer.id(), layer.layer().weights(call));
    for (Map.Entry<String, List<TensorType>> inner : layer.layer().childInputs(call).entrySet()) {
      LayerId id = layer.children().get(inner.getKey());
      if (id != null) {
        List<Value> inputs =
            inner.getValue().stream().map(type -> new Value(inner.getKey(), type)).toList();
        collect(model.layer(id), inference.call(model.layer(id), Arguments.of(inputs)));
      }
    }
  }

  private boolean isUnknown(LayerInstance layer) {
    return layer.layer() instanceof OpaqueLayer
        || layer.children().values().stream().anyMatch(id -> isUnknown(model.layer(id)));
  }
}
