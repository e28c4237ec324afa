package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keras's Pipeline: layers one behind the other, as one. Inner layers: {@code pipeline_layers/0},
 * {@code pipeline_layers/1}...
 */
public record Pipeline() implements Layer {

  /** The configuration key of the inner layers. */
  public static final String LAYERS = "pipeline_layers";

  /** The name of an inner layer. */
  public static String layer(int index) {
    return LAYERS + "/" + index;
  }

  @Override
  public Map<String, List<TensorType>> childInputs(CallTypes call) {
    Map<String, List<TensorType>> inputs = new LinkedHashMap<>();
    List<TensorType> types = call.inputs();
    for (int i = 0; call.child(layer(i)).isPresent(); i++) {
      inputs.put(layer(i), types);
      types = call.childOutputs(layer(i), types);
    }
    return inputs;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Rules.require(call.child(layer(0)).isPresent(), "a layer is needed");
    List<TensorType> types = call.inputs();
    for (int i = 0; call.child(layer(i)).isPresent(); i++) {
      types = call.childOutputs(layer(i), types);
    }
    return types;
  }
}
