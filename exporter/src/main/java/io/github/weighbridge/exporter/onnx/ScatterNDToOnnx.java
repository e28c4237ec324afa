package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.ScatterND;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code ScatterND}, which learnt to add and multiply in opset 16, to compare in 18. */
final class ScatterNDToOnnx implements OnnxTranslator<ScatterND> {

  @Override
  public void translate(ScatterND op, Step step, OnnxContext onnx) {
    boolean replaces = op.reduction() == ScatterND.Reduction.NONE;
    onnx.requireOpset(
        since(op.reduction()),
        step,
        "scattering must replace",
        "reduction " + op.reduction() + " for ");
    DataType dtype = onnx.dtype(step.output());
    DataType computed = replaces ? dtype : computedType(dtype);
    DataType indices = onnx.dtype(step.operand(1));
    String result =
        onnx.node(
            step,
            "ScatterND",
            List.of(
                onnx.cast(step, onnx.in(step, 0), dtype, computed),
                onnx.cast(step, onnx.in(step, 1), indices, DataType.INT64),
                onnx.cast(step, onnx.in(step, 2), dtype, computed)),
            replaces ? Map.of() : Map.of("reduction", OnnxAttribute.of(name(op.reduction()))));
    onnx.bind(step.output(), onnx.cast(step, result, computed, dtype));
  }

  /** ONNX Runtime adds and compares here in every type of numbers but float16. */
  private static DataType computedType(DataType dtype) {
    return dtype == DataType.FLOAT16 ? DataType.FLOAT32 : OnnxPrecision.arithmetic(dtype);
  }

  private static int since(ScatterND.Reduction reduction) {
    return switch (reduction) {
      case NONE -> 13;
      case ADD, MULTIPLY -> 16;
      case MAX, MIN -> 18;
    };
  }

  private static String name(ScatterND.Reduction reduction) {
    return switch (reduction) {
      case NONE -> "none";
      case ADD -> "add";
      case MULTIPLY -> "mul";
      case MAX -> "max";
      case MIN -> "min";
    };
  }
}
