package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code TopK}, which takes the lower index first among equals. */
final class TopKToOnnx implements OnnxTranslator<TopK> {

  @Override
  public void translate(TopK op, Step step, OnnxContext onnx) {
    DataType dtype = onnx.dtype(step.operand(0));
    DataType computed = OnnxPrecision.arithmetic(dtype);
    List<String> results = nodes(step, onnx, op.axis(), onnx.ints(op.k()), op.largest());
    onnx.bind(step.outputs().get(0), onnx.cast(step, results.get(0), computed, dtype));
    onnx.bind(step.outputs().get(1), results.get(1));
  }

  /**
   * The largest or smallest elements of the operand, in the type that is computed in, and their
   * indices.
   */
  static List<String> nodes(Step step, OnnxContext onnx, int axis, String count, boolean largest) {
    DataType dtype = onnx.dtype(step.operand(0));
    String x = onnx.cast(step, onnx.in(step, 0), dtype, OnnxPrecision.arithmetic(dtype));
    return onnx.nodes(
        step,
        "TopK",
        List.of(x, count),
        Map.of(
            "axis", OnnxAttribute.of(axis),
            "largest", OnnxAttribute.of(largest ? 1 : 0),
            "sorted", OnnxAttribute.of(1)),
        true,
        true);
  }
}
