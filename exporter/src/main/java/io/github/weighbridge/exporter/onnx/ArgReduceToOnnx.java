package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.ArgReduce;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code ArgMax} and {@code ArgMin}, which take the first among equals. */
final class ArgReduceToOnnx implements OnnxTranslator<ArgReduce> {

  @Override
  public void translate(ArgReduce op, Step step, OnnxContext onnx) {
    DataType dtype = onnx.dtype(step.operand(0));
    String x = onnx.cast(step, onnx.in(step, 0), dtype, OnnxPrecision.arithmetic(dtype));
    onnx.result(
        step,
        op.name(),
        List.of(x),
        Map.of(
            "axis", OnnxAttribute.of(op.axis()),
            "keepdims", OnnxAttribute.of(op.keepDims() ? 1 : 0)));
  }
}
