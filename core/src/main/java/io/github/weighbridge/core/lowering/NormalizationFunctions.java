package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.LayerNormalization;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;

/** Functions that divide by what the elements along some axes have in common. */
final class NormalizationFunctions {

  private NormalizationFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "LayerNorm(x, gamma=None, beta=None, axis=-1, epsilon=None, rms_scaling=False)",
        NormalizationFunctions::layerNormalization);
    table.addAll(
        "Moments(x, axes, keepdims=False, synchronized=False)", NormalizationFunctions::moments);
    table.add("Normalize(x, axis=-1, order=2, epsilon=None)", NormalizationFunctions::normalize);
    table.add(
        "RMSNorm(x, scale=None, axis=-1, epsilon=None)",
        NormalizationFunctions::rootMeanSquareNormalization);
  }

  private static double epsilon(FunctionCall call) {
    return call.isNone("epsilon") ? FloatingPoint.EPSILON : call.number("epsilon");
  }

  /** Single precision at least, which the numbers come back from. */
  private static Value wide(FunctionCall call, Value x) {
    return call.cast(x, x.type().dtype() == DataType.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32);
  }

  private static Value layerNormalization(FunctionCall call) {
    Value own = call.tensor("x");
    Value x = wide(call, own);
    List<Integer> axes = call.axes("axis", x);
    double epsilon = epsilon(call);
    Value y;
    if (call.flag("rms_scaling")) {
      Value scaled = Statistics.scaledByDeviation(call, x, axes, epsilon);
      y = call.isNone("gamma") ? scaled : times(call, scaled, spread(call, "gamma", x, axes));
    } else if (isTrailing(x, axes)) {
      y = lastAxes(call, x, axes.get(0), epsilon);
    } else {
      y = Statistics.standardized(call, x, axes, epsilon);
      y = call.isNone("gamma") ? y : times(call, y, spread(call, "gamma", x, axes));
      y =
          call.isNone("beta")
              ? y
              : call.binary(BinaryFunction.ADD, y, spread(call, "beta", x, axes));
    }
    return call.cast(y, own.type().dtype());
  }

  private static Value times(FunctionCall call, Value x, Value y) {
    return call.binary(BinaryFunction.MULTIPLY, x, y);
  }

  private static boolean isTrailing(Value x, List<Integer> axes) {
    int rank = x.type().rank();
    return axes.get(0) == rank - axes.size()
        && axes.stream().allMatch(axis -> x.type().shape().dim(axis).isFixed());
  }

  private static Value lastAxes(FunctionCall call, Value x, int first, double epsilon) {
    Shape own = x.type().shape().slice(first, x.type().rank());
    WeightRef ones = WeightRef.filled(x.type().dtype(), 1, own.sizes());
    Value gamma =
        call.isNone("gamma") ? call.constant("ones", ones) : shaped(call, "gamma", x, own);
    Value beta = call.isNone("beta") ? null : shaped(call, "beta", x, own);
    return call.add("normalize", new LayerNormalization(first, epsilon), x, gamma, beta);
  }

  private static Value shaped(FunctionCall call, String name, Value x, Shape shape) {
    Value vector = call.as(x.type().dtype(), name).get(0);
    return vector.type().shape().equals(shape)
        ? vector
        : call.add(name, Shapes.like(shape, 0), vector);
  }

  /** A vector with axes of size 1 where the statistics have none, unless it has every axis. */
  private static Value spread(FunctionCall call, String name, Value x, List<Integer> axes) {
    Value vector = call.as(x.type().dtype(), name).get(0);
    int rank = x.type().rank();
    if (vector.type().rank() == rank) {
      return vector;
    }
    List<DimSource> dims = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      dims.add(
          axes.contains(axis)
              ? DimSource.of(x.type().shape().dim(axis), 1, axis)
              : new DimSource.Fixed(1));
    }
    return call.add(name, new Reshape(dims), vector, x);
  }

  private static Value rootMeanSquareNormalization(FunctionCall call) {
    Value own = line(call, call.tensor("x"));
    Value x = wide(call, own);
    Value y = Statistics.scaledByRootMeanSquare(call, x, call.axes("axis", x), epsilon(call));
    Value scaled =
        call.isNone("scale") ? y : times(call, y, call.as(x.type().dtype(), "scale").get(0));
    return call.cast(scaled, own.type().dtype());
  }

  /** A number alone counts as a vector of one. */
  private static Value line(FunctionCall call, Value x) {
    return x.type().rank() == 0 ? call.add("line", new Unsqueeze(List.of(0)), x) : x;
  }

  /** The mean and the variance; those of short numbers are limited to what float16 holds. */
  private static List<Value> moments(FunctionCall call) {
    Value own = call.tensor("x");
    DataType dtype = own.type().dtype();
    if (!dtype.isFloating()) {
      throw call.unsupported("'x' must have floating-point numbers", dtype.kerasName());
    }
    Value x = wide(call, own);
    List<Integer> axes = call.axes("axes", x);
    boolean keepDims = call.flag("keepdims");
    Value mean = mean(call, x, axes, keepDims);
    Value kept = keepDims ? mean : mean(call, x, axes, true);
    Value apart = call.binary(BinaryFunction.SUBTRACT, x, kept);
    Value variance = mean(call, times(call, apart, apart), axes, keepDims);
    return List.of(limited(call, mean, dtype), limited(call, variance, dtype));
  }

  private static Value mean(FunctionCall call, Value x, List<Integer> axes, boolean keepDims) {
    return call.add("mean", new Reduce(Reduce.Function.MEAN, axes, keepDims), x);
  }

  private static Value limited(FunctionCall call, Value x, DataType dtype) {
    if (x.type().dtype() == dtype) {
      return x;
    }
    double largest = FloatingPoint.largest(DataType.FLOAT16);
    Unary limits = new Unary(UnaryFunction.CLIP, -largest, largest);
    return call.cast(call.add("limited", limits, x), dtype);
  }

  /** Lengths below epsilon count as epsilon. */
  private static Value normalize(FunctionCall call) {
    Value x = line(call, call.floating("x"));
    int order = call.whole("order");
    Rules.require(order >= 1, "'order' must be at least 1, is " + order);
    double epsilon = epsilon(call);
    if (order == 2) {
      Value length = Norms.euclidean(call, x, call.axes("axis", x), true);
      Value most = call.scalar("most", x.type().dtype(), 1 / epsilon);
      Value inverse =
          call.binary(BinaryFunction.MINIMUM, call.unary(UnaryFunction.RECIPROCAL, length), most);
      return times(call, x, inverse);
    }
    Value norm = MatrixFunctions.norm(call, x, call.literal("order"), true);
    return call.binary(
        BinaryFunction.DIVIDE, x, call.binary(BinaryFunction.MAXIMUM, norm, epsilon));
  }
}
