package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** What layers that normalise each sample know of it along some axes, and divide it by. */
final class Statistics {

  private Statistics() {}

  /** {@code (x - mean) / sqrt(variance + epsilon)}. */
  static Value standardized(OperationScope context, Value x, List<Integer> axes, double epsilon) {
    Value centred = centred(context, x, axes);
    return context.binary(
        BinaryFunction.DIVIDE, centred, root(context, "variance", centred, axes, epsilon));
  }

  /** {@code x / sqrt(variance + epsilon)}, the mean left where it is. */
  static Value scaledByDeviation(
      OperationScope context, Value x, List<Integer> axes, double epsilon) {
    Value deviation = root(context, "variance", centred(context, x, axes), axes, epsilon);
    return context.binary(BinaryFunction.DIVIDE, x, deviation);
  }

  /** {@code x / sqrt(mean(x x) + epsilon)}. */
  static Value scaledByRootMeanSquare(
      OperationScope context, Value x, List<Integer> axes, double epsilon) {
    return context.binary(BinaryFunction.DIVIDE, x, root(context, "mean_square", x, axes, epsilon));
  }

  /** Scaled to Euclidean length 1; shorter ones than {@code shortest} count as that. */
  static Value unitLength(OperationScope context, Value x, List<Integer> axes, double shortest) {
    Value squares = context.binary(BinaryFunction.MULTIPLY, x, x);
    Value sum = context.add("sum", new Reduce(Reduce.Function.SUM, axes, true), squares);
    Value length =
        context.unary(
            UnaryFunction.SQRT, context.binary(BinaryFunction.MAXIMUM, sum, shortest * shortest));
    return context.binary(BinaryFunction.DIVIDE, x, length);
  }

  /** The type for sums of squares, in which Keras keeps half precision from overflowing. */
  static DataType wide(DataType dtype) {
    return dtype == DataType.FLOAT16 || dtype == DataType.BFLOAT16 ? DataType.FLOAT32 : dtype;
  }

  /**
   * The input in a type for statistics, that of 32 bits at least.
   *
   * @param castsInput whether the input becomes what the layer computes in before
   */
  static Value widened(LoweringContext context, boolean castsInput) {
    Value x = castsInput ? context.input() : context.rawInput();
    DataType own = x.type().dtype();
    return context.cast(x, own.isFloating() ? wide(own) : wide(context.computeType()));
  }

  /** What {@link #widened} has become, by way of the type of the input as the layer computes. */
  static Value narrowed(LoweringContext context, Value y, boolean castsInput) {
    Value x = castsInput ? context.input() : context.rawInput();
    return context.cast(context.cast(y, x.type().dtype()), context.computeType());
  }

  private static Value centred(OperationScope context, Value x, List<Integer> axes) {
    Reduce mean = new Reduce(Reduce.Function.MEAN, axes, true);
    return context.binary(BinaryFunction.SUBTRACT, x, context.add("mean", mean, x));
  }

  /** {@code sqrt(mean(x x) + epsilon)}. */
  private static Value root(
      OperationScope context, String what, Value x, List<Integer> axes, double epsilon) {
    Reduce mean = new Reduce(Reduce.Function.MEAN, axes, true);
    Value square = context.add(what, mean, context.binary(BinaryFunction.MULTIPLY, x, x));
    return context.unary(UnaryFunction.SQRT, context.binary(BinaryFunction.ADD, square, epsilon));
  }
}
