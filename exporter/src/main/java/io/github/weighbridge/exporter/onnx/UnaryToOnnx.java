package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** Functions of one number: an operator each, or several where the opset has none. */
final class UnaryToOnnx implements OnnxTranslator<Unary> {

  private static final int GELU_SINCE = 20;
  private static final int HARD_SWISH_SINCE = 14;
  private static final int MISH_SINCE = 18;

  @Override
  public void translate(Unary op, Step step, OnnxContext onnx) {
    DataType dtype = onnx.dtype(step.output());
    String x = onnx.in(step, 0);
    onnx.bind(step.output(), whole(op.function(), dtype) ? x : apply(op, step, onnx, x, dtype));
  }

  /** Whether the function gives whole numbers back as they are. */
  private static boolean whole(UnaryFunction function, DataType dtype) {
    return switch (function) {
      case IDENTITY -> true;
      case FLOOR, CEIL, TRUNC, ROUND -> !dtype.isFloating();
      default -> false;
    };
  }

  /**
   * The function of an array, in nodes of this step.
   *
   * @param dtype of the array, and of the result
   * @return the result's name
   */
  static String apply(Unary op, Step step, OnnxContext onnx, String x, DataType dtype) {
    DataType computed =
        switch (op.function()) {
          case LOGICAL_NOT, IDENTITY -> dtype;
          case ABS, NEGATE, SIGN, RELU, CLIP -> OnnxPrecision.arithmetic(dtype);
          // Celu is there in single precision alone.
          case CELU -> DataType.FLOAT32;
          default -> dtype.isFloating() ? dtype : DataType.FLOAT32;
        };
    if (op.function() == UnaryFunction.RELU && !computed.isFloating()) {
      // Relu takes floating-point numbers in all opsets, Clip whole ones as well.
      return apply(
          new Unary(UnaryFunction.CLIP, 0, Double.POSITIVE_INFINITY), step, onnx, x, dtype);
    }
    String from = onnx.cast(step, x, dtype, computed);
    return onnx.cast(step, compute(op, step, onnx, from, computed), computed, dtype);
  }

  private static String compute(Unary op, Step step, OnnxContext onnx, String x, DataType dtype) {
    OnnxAttribute alpha = OnnxAttribute.of(op.alpha());
    return switch (op.function()) {
      case IDENTITY -> x;
      case ABS -> onnx.node(step, "Abs", x);
      case NEGATE -> onnx.node(step, "Neg", x);
      case SIGN -> onnx.node(step, "Sign", x);
      case RECIPROCAL -> onnx.node(step, "Reciprocal", x);
      case SQRT -> onnx.node(step, "Sqrt", x);
      case EXP -> onnx.node(step, "Exp", x);
      case EXPM1 -> expm1(step, onnx, x, dtype);
      case LOG -> onnx.node(step, "Log", x);
      case LOG1P -> log1p(step, onnx, x, dtype);
      case SIN -> onnx.node(step, "Sin", x);
      case COS -> onnx.node(step, "Cos", x);
      case TAN -> onnx.node(step, "Tan", x);
      case ASIN -> onnx.node(step, "Asin", x);
      case ACOS -> onnx.node(step, "Acos", x);
      case ATAN -> onnx.node(step, "Atan", x);
      case SINH -> onnx.node(step, "Sinh", x);
      case COSH -> onnx.node(step, "Cosh", x);
      case ASINH -> onnx.node(step, "Asinh", x);
      case ACOSH -> onnx.node(step, "Acosh", x);
      case ATANH -> onnx.node(step, "Atanh", x);
      case FLOOR -> onnx.node(step, "Floor", x);
      case CEIL -> onnx.node(step, "Ceil", x);
      case TRUNC ->
          onnx.node(
              step,
              "Mul",
              onnx.node(step, "Sign", x),
              onnx.node(step, "Floor", onnx.node(step, "Abs", x)));
      case ROUND -> onnx.node(step, "Round", x);
      case ERF -> onnx.node(step, "Erf", x);
      case SIGMOID -> onnx.node(step, "Sigmoid", x);
      case TANH -> onnx.node(step, "Tanh", x);
      case RELU -> onnx.node(step, "Relu", x);
      // Its default is 0.01, Keras's are 0.2 and 0.3: always written.
      case LEAKY_RELU -> onnx.node(step, "LeakyRelu", List.of(x), Map.of("alpha", alpha));
      case ELU -> onnx.node(step, "Elu", List.of(x), Map.of("alpha", alpha));
      case SELU -> onnx.node(step, "Selu", x);
      case CELU -> onnx.node(step, "Celu", List.of(x), Map.of("alpha", alpha));
      case SOFTPLUS -> onnx.node(step, "Softplus", x);
      case SOFTSIGN -> onnx.node(step, "Softsign", x);
      case HARD_SIGMOID ->
          onnx.node(
              step,
              "HardSigmoid",
              List.of(x),
              Map.of("alpha", alpha, "beta", OnnxAttribute.of(op.beta())));
      case CLIP -> clip(op, step, onnx, x, dtype);
      case THRESHOLDED_RELU ->
          onnx.node(step, "ThresholdedRelu", List.of(x), Map.of("alpha", alpha));
      case GELU -> gelu(step, onnx, x, dtype);
      case GELU_TANH -> geluTanh(step, onnx, x, dtype);
      case SILU -> onnx.node(step, "Mul", x, onnx.node(step, "Sigmoid", x));
      case MISH -> mish(step, onnx, x);
      case LOG_SIGMOID ->
          onnx.node(step, "Neg", onnx.node(step, "Softplus", onnx.node(step, "Neg", x)));
      case SOFT_SHRINK ->
          onnx.node(step, "Shrink", List.of(x), Map.of("lambd", alpha, "bias", alpha));
      case HARD_SHRINK -> onnx.node(step, "Shrink", List.of(x), Map.of("lambd", alpha));
      case TANH_SHRINK -> onnx.node(step, "Sub", x, onnx.node(step, "Tanh", x));
      case SQUAREPLUS -> squareplus(op, step, onnx, x, dtype);
      case SPARSE_PLUS -> sparsePlus(step, onnx, x, dtype);
      case HARD_SILU -> hardSilu(step, onnx, x);
      case LOGICAL_NOT -> onnx.node(step, "Not", x);
    };
  }

  /** {@code tanh(x / 2) (e^x + 1)}: no difference of neighbours, so exact near 0. */
  private static String expm1(Step step, OnnxContext onnx, String x, DataType dtype) {
    String tanh = onnx.node(step, "Tanh", onnx.node(step, "Mul", x, onnx.scalar(dtype, 0.5)));
    String above = onnx.node(step, "Add", onnx.node(step, "Exp", x), onnx.scalar(dtype, 1));
    return onnx.node(step, "Mul", tanh, above);
  }

  /**
   * {@code log(u) x / (u - 1)} with {@code u = 1 + x} as it is rounded, which undoes the rounding
   * (Kahan); {@code x} itself where nothing is left of it, and log(u) from 1 on.
   */
  private static String log1p(Step step, OnnxContext onnx, String x, DataType dtype) {
    String one = onnx.scalar(dtype, 1);
    String sum = onnx.node(step, "Add", x, one);
    String log = onnx.node(step, "Log", sum);
    String rounded = onnx.node(step, "Sub", sum, one);
    String corrected = onnx.node(step, "Div", onnx.node(step, "Mul", log, x), rounded);
    String lost = onnx.node(step, "Equal", sum, one);
    String near = onnx.node(step, "Where", lost, x, corrected);
    return onnx.node(step, "Where", onnx.node(step, "Less", x, one), near, log);
  }

  /** {@code (x + sqrt(x^2 + alpha)) / 2}. */
  private static String squareplus(
      Unary op, Step step, OnnxContext onnx, String x, DataType dtype) {
    String square = onnx.node(step, "Mul", x, x);
    String root =
        onnx.node(step, "Sqrt", onnx.node(step, "Add", square, onnx.scalar(dtype, op.alpha())));
    return onnx.node(step, "Mul", onnx.node(step, "Add", x, root), onnx.scalar(dtype, 0.5));
  }

  /** {@code relu(x - 1) + (clip(x, -1, 1) + 1)^2 / 4}: one piece without comparisons. */
  private static String sparsePlus(Step step, OnnxContext onnx, String x, DataType dtype) {
    String one = onnx.scalar(dtype, 1);
    String above = onnx.node(step, "Relu", onnx.node(step, "Sub", x, one));
    String middle = onnx.node(step, "Clip", x, onnx.scalar(dtype, -1), one);
    String root =
        onnx.node(step, "Mul", onnx.node(step, "Add", middle, one), onnx.scalar(dtype, 0.5));
    return onnx.node(step, "Add", above, onnx.node(step, "Mul", root, root));
  }

  private static String clip(Unary op, Step step, OnnxContext onnx, String x, DataType dtype) {
    String low = op.alpha() == Double.NEGATIVE_INFINITY ? "" : onnx.scalar(dtype, op.alpha());
    String high = op.beta() == Double.POSITIVE_INFINITY ? "" : onnx.scalar(dtype, op.beta());
    return onnx.node(step, "Clip", List.of(x, low, high), Map.of());
  }

  /** {@code 0.5 x (1 + erf(x / sqrt 2))}. */
  private static String gelu(Step step, OnnxContext onnx, String x, DataType dtype) {
    if (onnx.opset() >= GELU_SINCE) {
      return onnx.node(step, "Gelu", x);
    }
    String scaled = onnx.node(step, "Mul", x, onnx.scalar(dtype, Math.sqrt(0.5)));
    String erf = onnx.node(step, "Erf", scaled);
    return halfOfXTimesOnePlus(step, onnx, x, erf, dtype);
  }

  /** {@code 0.5 x (1 + tanh(sqrt(2 / pi) x (1 + 0.044715 x^2)))}. */
  private static String geluTanh(Step step, OnnxContext onnx, String x, DataType dtype) {
    if (onnx.opset() >= GELU_SINCE) {
      return onnx.node(step, "Gelu", List.of(x), Map.of("approximate", OnnxAttribute.of("tanh")));
    }
    String square = onnx.node(step, "Mul", x, x);
    String cubicPart = onnx.node(step, "Mul", square, onnx.scalar(dtype, 0.044715));
    String factor = onnx.node(step, "Add", cubicPart, onnx.scalar(dtype, 1));
    String scaled = onnx.node(step, "Mul", x, onnx.scalar(dtype, Math.sqrt(2 / Math.PI)));
    String tanh = onnx.node(step, "Tanh", onnx.node(step, "Mul", scaled, factor));
    return halfOfXTimesOnePlus(step, onnx, x, tanh, dtype);
  }

  private static String halfOfXTimesOnePlus(
      Step step, OnnxContext onnx, String x, String y, DataType dtype) {
    String half = onnx.node(step, "Mul", x, onnx.scalar(dtype, 0.5));
    return onnx.node(step, "Mul", half, onnx.node(step, "Add", y, onnx.scalar(dtype, 1)));
  }

  private static String hardSilu(Step step, OnnxContext onnx, String x) {
    if (onnx.opset() >= HARD_SWISH_SINCE) {
      return onnx.node(step, "HardSwish", x);
    }
    Map<String, OnnxAttribute> slope =
        Map.of("alpha", OnnxAttribute.of(1.0 / 6), "beta", OnnxAttribute.of(0.5));
    return onnx.node(step, "Mul", x, onnx.node(step, "HardSigmoid", List.of(x), slope));
  }

  private static String mish(Step step, OnnxContext onnx, String x) {
    if (onnx.opset() >= MISH_SINCE) {
      return onnx.node(step, "Mish", x);
    }
    String tanh = onnx.node(step, "Tanh", onnx.node(step, "Softplus", x));
    return onnx.node(step, "Mul", x, tanh);
  }
}
