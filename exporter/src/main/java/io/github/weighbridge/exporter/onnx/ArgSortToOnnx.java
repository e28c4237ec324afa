package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code TopK} of all: among equals it takes the lower index first, so it is a stable sort. */
final class ArgSortToOnnx implements OnnxTranslator<ArgSort> {

  @Override
  public void translate(ArgSort op, Step step, OnnxContext onnx) {
    Value operand = step.operand(0);
    DataType dtype = onnx.dtype(operand);
    String x = onnx.cast(step, onnx.name(operand), dtype, OnnxPrecision.arithmetic(dtype));
    List<String> sorted =
        onnx.nodes(
            step,
            "TopK",
            List.of(x, onnx.dimension(step, operand, op.axis())),
            Map.of(
                "axis", OnnxAttribute.of(op.axis()),
                "largest", OnnxAttribute.of(op.descending() ? 1 : 0),
                "sorted", OnnxAttribute.of(1)),
            true,
            true);
    onnx.bind(step.output(), sorted.get(1));
  }
}
