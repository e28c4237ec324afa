package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Cast;

/** {@code Cast}; nothing where the file has both types as one. */
final class CastToOnnx implements OnnxTranslator<Cast> {

  @Override
  public void translate(Cast op, Step step, OnnxContext onnx) {
    onnx.bind(
        step.output(),
        onnx.cast(step, onnx.in(step, 0), onnx.dtype(step.operand(0)), onnx.dtype(step.output())));
  }
}
