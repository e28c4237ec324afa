package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Unsqueeze;
import java.util.List;
import java.util.Map;

/** {@code Unsqueeze}. */
final class UnsqueezeToOnnx implements OnnxTranslator<Unsqueeze> {

  @Override
  public void translate(Unsqueeze op, Step step, OnnxContext onnx) {
    onnx.result(step, "Unsqueeze", List.of(onnx.in(step, 0), onnx.ints(op.axes())), Map.of());
  }
}
