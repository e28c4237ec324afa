package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code ReduceSum}, {@code ReduceMean}... whose axes became an input one after the other. */
final class ReduceToOnnx implements OnnxTranslator<Reduce> {

  private static final int AXES_ARE_INPUT = 18;

  @Override
  public void translate(Reduce op, Step step, OnnxContext onnx) {
    DataType dtype = onnx.dtype(step.output());
    DataType computed = OnnxPrecision.arithmetic(dtype);
    if (op.function() == Reduce.Function.MEAN && !dtype.isFloating()) {
      // Means of int64 do not exist; doubles hold all that matters of them.
      computed = DataType.FLOAT64;
    }
    if (op.axes().isEmpty()) {
      // No axes would mean all of them.
      onnx.bind(step.output(), onnx.in(step, 0));
      return;
    }
    String x = onnx.cast(step, onnx.in(step, 0), dtype, computed);
    String reduced = reduce(opType(op.function()), op, step, onnx, x);
    onnx.bind(step.output(), onnx.cast(step, reduced, computed, dtype));
  }

  private static String reduce(String opType, Reduce op, Step step, OnnxContext onnx, String x) {
    Map<String, OnnxAttribute> attributes = new HashMap<>();
    attributes.put("keepdims", OnnxAttribute.of(op.keepDims() ? 1 : 0));
    List<String> inputs = new ArrayList<>(List.of(x));
    if (onnx.opset() >= AXES_ARE_INPUT || op.function() == Reduce.Function.SUM) {
      inputs.add(onnx.ints(op.axes()));
    } else {
      attributes.put("axes", OnnxAttribute.ofInts(op.axes()));
    }
    return onnx.node(step, opType, inputs, attributes);
  }

  private static String opType(Reduce.Function function) {
    return switch (function) {
      case SUM -> "ReduceSum";
      case MEAN -> "ReduceMean";
      // Of booleans, as 0 and 1.
      case MAX, ANY -> "ReduceMax";
      case MIN, ALL -> "ReduceMin";
      case PRODUCT -> "ReduceProd";
    };
  }
}
