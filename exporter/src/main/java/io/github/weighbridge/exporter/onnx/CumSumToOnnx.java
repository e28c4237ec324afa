package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.tensor.DataType;

/** {@code CumSum}, whose axis is an input. */
final class CumSumToOnnx implements OnnxTranslator<CumSum> {

  @Override
  public void translate(CumSum op, Step step, OnnxContext onnx) {
    DataType dtype = onnx.dtype(step.output());
    DataType computed = OnnxPrecision.arithmetic(dtype);
    String x = onnx.cast(step, onnx.in(step, 0), dtype, computed);
    String sums = onnx.node(step, "CumSum", x, onnx.scalar(DataType.INT64, op.axis()));
    onnx.bind(step.output(), onnx.cast(step, sums, computed, dtype));
  }
}
