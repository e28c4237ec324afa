package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.ThresholdedRelu;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;

/** {@code THRESHOLDED_RELU}. */
final class ThresholdedReluLowering implements Lowering<ThresholdedRelu> {

  @Override
  public Lowered lower(ThresholdedRelu layer, LoweringContext context) {
    Unary function = Unary.of(UnaryFunction.THRESHOLDED_RELU, layer.theta());
    return context.passMask(context.add("thresholded_relu", function, context.input()));
  }
}
