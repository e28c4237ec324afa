package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Relu;
import java.util.LinkedHashMap;
import java.util.Map;

/** The activation {@code relu} with the layer's parameters. */
final class ReluLowering implements Lowering<Relu> {

  @Override
  public Lowered lower(Relu layer, LoweringContext context) {
    Map<String, Double> parameters = new LinkedHashMap<>();
    if (layer.maxValue() != null) {
      parameters.put("max_value", layer.maxValue());
    }
    parameters.put("negative_slope", layer.negativeSlope());
    parameters.put("threshold", layer.threshold());
    Activation relu = new Activation("relu", parameters);
    return context.passMask(Activations.apply(context, relu, context.input()));
  }
}
