package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code GatherElements}. */
final class GatherElementsToOnnx implements OnnxTranslator<GatherElements> {

  @Override
  public void translate(GatherElements op, Step step, OnnxContext onnx) {
    DataType indices = onnx.dtype(step.operand(1));
    DataType taken = indices == DataType.INT32 ? indices : DataType.INT64;
    onnx.result(
        step,
        "GatherElements",
        List.of(onnx.in(step, 0), onnx.cast(step, onnx.in(step, 1), indices, taken)),
        Map.of("axis", OnnxAttribute.of(op.axis())));
  }
}
