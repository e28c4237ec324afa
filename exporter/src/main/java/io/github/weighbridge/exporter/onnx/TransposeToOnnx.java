package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Transpose;

/** {@code Transpose}; of a constant, the constant transposed. */
final class TransposeToOnnx implements OnnxTranslator<Transpose> {

  @Override
  public void translate(Transpose op, Step step, OnnxContext onnx) {
    onnx.bind(step.output(), onnx.transposed(step, step.operand(0), op.permutation()));
  }
}
