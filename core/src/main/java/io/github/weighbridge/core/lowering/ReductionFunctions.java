package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.MAXIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MINIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.CumProd;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import java.util.stream.IntStream;

/** Functions that make many elements one along some axes, and those that run along one. */
final class ReductionFunctions {

  private static final String ALONG = "(x, axis=None, keepdims=False)";

  private ReductionFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "All" + ALONG,
        call -> reduce(call, Reduce.Function.ALL, call.as(DataType.BOOL, "x").get(0)));
    table.add(
        "Any" + ALONG,
        call -> reduce(call, Reduce.Function.ANY, call.as(DataType.BOOL, "x").get(0)));
    table.add("Amax" + ALONG, call -> extreme(call, Reduce.Function.MAX));
    table.add("Amin" + ALONG, call -> extreme(call, Reduce.Function.MIN));
    table.add("Average(x, weights=None, axis=None)", ReductionFunctions::average);
    table.add("CountNonzero(x, axis=None)", ReductionFunctions::countNonzero);
    table.add("Logsumexp" + ALONG, ReductionFunctions::logSumExp);
    table.add(
        "Max(x, axis=None, keepdims=False, initial=None)",
        call -> initial(call, extreme(call, Reduce.Function.MAX), MAXIMUM));
    table.add("Mean" + ALONG, ReductionFunctions::mean);
    table.add(
        "Min(x, axis=None, keepdims=False, initial=None)",
        call -> initial(call, extreme(call, Reduce.Function.MIN), MINIMUM));
    // TensorFlow's back end leaves the type alone where one is asked for.
    table.add(
        "Prod(x, axis=None, keepdims=False, dtype=None)",
        call ->
            reduce(
                call,
                Reduce.Function.PRODUCT,
                call.isNone("dtype") ? summed(call, call.tensor("x")) : call.tensor("x")));
    table.add("Ptp" + ALONG, ReductionFunctions::range);
    table.add("Std" + ALONG, ReductionFunctions::standardDeviation);
    table.add(
        "Sum" + ALONG, call -> reduce(call, Reduce.Function.SUM, summed(call, call.tensor("x"))));
    table.add("Trapezoid(y, x=None, dx=1.0, axis=-1)", ReductionFunctions::trapezoid);
    table.add("Var" + ALONG, ReductionFunctions::variance);

    table.add("Cumprod(x, axis=None, dtype=None)", call -> running(call, true, call.tensor("x")));
    table.add("Cumsum(x, axis=None, dtype=None)", call -> running(call, false, call.tensor("x")));
    table.add(
        "Nancumprod(x, axis=None, dtype=None)",
        call -> running(call, true, FloatingPointFunctions.nanToNum(call, call.tensor("x"), 1)));
    table.add(
        "Nancumsum(x, axis=None, dtype=None)",
        call -> running(call, false, FloatingPointFunctions.nanToNum(call, call.tensor("x"), 0)));
  }

  /** A reduction along the axes that the call names. */
  static Value reduce(FunctionCall call, Reduce.Function function, Value x) {
    return reduce(call, function, x, call.flag("keepdims"));
  }

  private static Value reduce(
      FunctionCall call, Reduce.Function function, Value x, boolean keepDims) {
    return call.add("reduce", new Reduce(function, call.axes("axis", x), keepDims), x);
  }

  /** Small whole numbers are summed as numbers of 32 bits. */
  static Value summed(FunctionCall call, Value x) {
    return switch (x.type().dtype()) {
      case BOOL, INT8, INT16 -> call.cast(x, DataType.INT32);
      case UINT8, UINT16 -> call.cast(x, DataType.UINT32);
      default -> x;
    };
  }

  /** Of booleans the largest is whether any is true. */
  static Value extreme(FunctionCall call, Reduce.Function function) {
    Value x = call.tensor("x");
    if (x.type().dtype() != DataType.BOOL) {
      return reduce(call, function, x);
    }
    return reduce(
        call, function == Reduce.Function.MAX ? Reduce.Function.ANY : Reduce.Function.ALL, x);
  }

  private static Value initial(FunctionCall call, Value x, BinaryFunction function) {
    if (call.isNone("initial")) {
      return x;
    }
    DataType dtype = x.type().dtype();
    DataType computed = dtype == DataType.BOOL ? DataType.INT32 : dtype;
    return call.toType(
        call.binary(function, call.cast(x, computed), call.number("initial")), dtype);
  }

  /** Short floating-point numbers are summed as float32, in which their sum does not overflow. */
  private static Value mean(FunctionCall call) {
    Value x = call.floating("x");
    return call.cast(reduce(call, Reduce.Function.MEAN, precise(call, x)), x.type().dtype());
  }

  private static Value precise(FunctionCall call, Value x) {
    return x.type().dtype() == DataType.FLOAT64 ? x : call.cast(x, DataType.FLOAT32);
  }

  private static Value variance(FunctionCall call) {
    Value x = call.floating("x");
    return call.cast(variance(call, precise(call, x)), x.type().dtype());
  }

  /** The mean of the squared distances from the mean. */
  private static Value variance(FunctionCall call, Value x) {
    Value apart = call.binary(SUBTRACT, x, reduce(call, Reduce.Function.MEAN, x, true));
    return reduce(call, Reduce.Function.MEAN, call.binary(MULTIPLY, apart, apart));
  }

  private static Value standardDeviation(FunctionCall call) {
    return call.unary(UnaryFunction.SQRT, variance(call, call.floating("x")));
  }

  private static Value range(FunctionCall call) {
    Value x = call.tensor("x");
    return call.binary(
        SUBTRACT, reduce(call, Reduce.Function.MAX, x), reduce(call, Reduce.Function.MIN, x));
  }

  private static Value countNonzero(FunctionCall call) {
    Value counts = call.cast(call.toType(call.tensor("x"), DataType.BOOL), DataType.INT32);
    return reduce(call, Reduce.Function.SUM, counts, false);
  }

  /** The largest exponent is taken out of the sum, unless it is infinite. */
  private static Value logSumExp(FunctionCall call) {
    Value x = call.floating("x");
    Value largest = reduce(call, Reduce.Function.MAX, x, true);
    Value infinite = FloatingPoint.isInfinite(call, largest);
    Value taken = FloatingPoint.replaced(call, infinite, 0, largest);
    Value powers = call.unary(UnaryFunction.EXP, call.binary(SUBTRACT, x, taken));
    Value log = call.unary(UnaryFunction.LOG, reduce(call, Reduce.Function.SUM, powers, true));
    // One element along the axes: its sum is itself.
    return reduce(call, Reduce.Function.SUM, call.binary(ADD, log, taken));
  }

  private static Value average(FunctionCall call) {
    if (call.isNone("weights")) {
      return reduce(call, Reduce.Function.MEAN, call.floating("x"), false);
    }
    List<Value> operands = call.floating("x", "weights");
    Value x = operands.get(0);
    Value weights = operands.get(1);
    if (weights.type().rank() != x.type().rank() && !call.isNone("axis")) {
      // A vector along the axis: its other axes are of size 1.
      int axis = call.axis("axis", x);
      List<Integer> added =
          IntStream.range(0, x.type().rank()).filter(i -> i != axis).boxed().toList();
      weights = call.add("weights", new Unsqueeze(added), weights);
    }
    Value sum = reduce(call, Reduce.Function.SUM, call.binary(MULTIPLY, x, weights), false);
    return call.binary(DIVIDE, sum, reduce(call, Reduce.Function.SUM, weights, false));
  }

  /** The area below the line through the points. */
  private static Value trapezoid(FunctionCall call) {
    Value y = call.floating("y");
    int axis = call.axis("axis", y);
    Value sum = call.binary(ADD, after(call, y, axis), before(call, y, axis));
    Value area = call.binary(MULTIPLY, sum, 0.5);
    if (call.isNone("x")) {
      area = call.binary(MULTIPLY, area, call.number("dx"));
    } else {
      Value x = call.as(y.type().dtype(), "x").get(0);
      int own = x.type().rank() == 1 ? 0 : axis;
      Value widths = call.binary(SUBTRACT, after(call, x, own), before(call, x, own));
      List<Integer> behind = IntStream.range(1, y.type().rank() - axis).boxed().toList();
      area =
          call.binary(
              MULTIPLY,
              area,
              own == axis ? widths : call.add("widths", new Unsqueeze(behind), widths));
    }
    return call.add("sum", new Reduce(Reduce.Function.SUM, List.of(axis), false), area);
  }

  private static Value after(FunctionCall call, Value x, int axis) {
    return call.add("after", Slice.of(axis, 1, Slice.TO_END), x);
  }

  private static Value before(FunctionCall call, Value x, int axis) {
    return call.add("before", Slice.of(axis, 0, -1), x);
  }

  private static Value running(FunctionCall call, boolean product, Value own) {
    Value typed = call.cast(own, call.dtype("dtype").orElse(own.type().dtype()));
    Value x = typed.type().dtype() == DataType.BOOL ? call.cast(typed, DataType.INT32) : typed;
    boolean flat = call.isNone("axis");
    Value along = flat ? call.add("flat", new Reshape(List.of(new DimSource.Rest())), x) : x;
    int axis = flat ? 0 : call.axis("axis", x);
    return call.add("running", product ? new CumProd(axis) : new CumSum(axis), along);
  }
}
