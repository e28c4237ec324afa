package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;

/** {@code Where}, which ONNX Runtime has for a few types only. */
final class WhereToOnnx implements OnnxTranslator<Where> {

  @Override
  public void translate(Where op, Step step, OnnxContext onnx) {
    DataType dtype = onnx.dtype(step.output());
    DataType chosen = OnnxPrecision.arithmetic(dtype);
    String x = onnx.cast(step, onnx.in(step, 1), dtype, chosen);
    String y = onnx.cast(step, onnx.in(step, 2), dtype, chosen);
    String result = onnx.node(step, "Where", onnx.in(step, 0), x, y);
    onnx.bind(step.output(), onnx.cast(step, result, chosen, dtype));
  }
}
