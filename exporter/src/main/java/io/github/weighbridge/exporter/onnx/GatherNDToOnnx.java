package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.GatherND;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code GatherND}, whose indices are int64. */
final class GatherNDToOnnx implements OnnxTranslator<GatherND> {

  @Override
  public void translate(GatherND op, Step step, OnnxContext onnx) {
    DataType indices = onnx.dtype(step.operand(1));
    onnx.result(
        step,
        "GatherND",
        List.of(onnx.in(step, 0), onnx.cast(step, onnx.in(step, 1), indices, DataType.INT64)),
        Map.of("batch_dims", OnnxAttribute.of(op.batchDims())));
  }
}
