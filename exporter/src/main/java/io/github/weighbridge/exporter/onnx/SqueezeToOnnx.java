package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Squeeze;
import java.util.List;
import java.util.Map;

/** {@code Squeeze}. */
final class SqueezeToOnnx implements OnnxTranslator<Squeeze> {

  @Override
  public void translate(Squeeze op, Step step, OnnxContext onnx) {
    if (op.axes().isEmpty()) {
      // No axes would mean every axis of size 1.
      onnx.bind(step.output(), onnx.in(step, 0));
      return;
    }
    onnx.result(step, "Squeeze", List.of(onnx.in(step, 0), onnx.ints(op.axes())), Map.of());
  }
}
