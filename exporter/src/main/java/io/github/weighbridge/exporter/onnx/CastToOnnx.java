package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Map;

/** {@code Cast}; nothing where the file has both types as one, but for the rounding to 8 bits. */
final class CastToOnnx implements OnnxTranslator<Cast> {

  /** The exponents that numbers of float8_e4m3fn have, but for the subnormal ones. */
  private static final int LEAST_EXPONENT = -6;

  private static final int EXPONENTS = 15;

  private static final double LARGEST = 448;

  @Override
  public void translate(Cast op, Step step, OnnxContext onnx) {
    String cast =
        onnx.cast(step, onnx.in(step, 0), onnx.dtype(step.operand(0)), onnx.dtype(step.output()));
    onnx.bind(
        step.output(), op.dtype() == DataType.FLOAT8_E4M3FN ? rounded(step, cast, onnx) : cast);
  }

  /**
   * {@code round(x / step) step}, where the step is that of the number's exponent. A logarithm that
   * is wrong in its last bits does no harm: next to a power of two both steps give the power.
   */
  private static String rounded(Step step, String x, OnnxContext onnx) {
    DataType dtype = DataType.FLOAT32;
    String logarithm =
        onnx.node(
            step,
            "Log",
            onnx.node(
                step,
                "Max",
                onnx.node(step, "Abs", x),
                onnx.scalar(dtype, Math.scalb(1.0, LEAST_EXPONENT))));
    String exponent =
        onnx.node(
            step, "Floor", onnx.node(step, "Mul", logarithm, onnx.scalar(dtype, 1 / Math.log(2))));
    String place =
        onnx.node(
            step,
            "Clip",
            onnx.node(step, "Sub", exponent, onnx.scalar(dtype, LEAST_EXPONENT)),
            onnx.scalar(dtype, 0),
            onnx.scalar(dtype, EXPONENTS - 1));
    String steps = onnx.constants().put(step.name() + "/steps", WeightRef.of(steps()));
    String size = onnx.node(step, "Gather", steps, onnx.cast(step, place, dtype, DataType.INT64));
    String rounded =
        onnx.node(step, "Mul", onnx.node(step, "Round", onnx.node(step, "Div", x, size)), size);
    String within =
        onnx.node(
            step, "LessOrEqual", onnx.node(step, "Abs", rounded), onnx.scalar(dtype, LARGEST));
    return onnx.node(
        step, "Where", List.of(within, rounded, onnx.scalar(dtype, Double.NaN)), Map.of());
  }

  private static Tensor steps() {
    float[] steps = new float[EXPONENTS];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.scalb(1f, LEAST_EXPONENT + i - 3);
    }
    return Tensor.of(steps, steps.length);
  }
}
