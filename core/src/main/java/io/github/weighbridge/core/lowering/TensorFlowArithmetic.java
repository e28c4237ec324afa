package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.FLOOR_DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.MAXIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MINIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** TensorFlow's arithmetic, element by element. */
final class TensorFlowArithmetic {

  private TensorFlowArithmetic() {}

  static void addTo(FunctionTable table) {
    table.add("tf.clip_by_value(t, clip_value_min, clip_value_max)", TensorFlowArithmetic::clip);
    table.add("tf.compat.v1.div(x, y)", TensorFlowArithmetic::quotient);
    table.add("tf.math.add_n(inputs)", TensorFlowArithmetic::sum);
    table.add("tf.math.multiply_no_nan(x, y)", TensorFlowArithmetic::multiplyNoNan);
    table.add("tf.math.reciprocal_no_nan(x)", TensorFlowArithmetic::reciprocalNoNan);
    table.add("tf.math.squared_difference(x, y)", TensorFlowArithmetic::squaredDifference);
    table.add("tf.math.truediv(x1, x2)", TensorFlowArithmetic::trueQuotient);
    table.add("tf.math.xdivy(x, y)", call -> zeroOr(call, DIVIDE, call.floating("x", "y")));
    table.add("tf.math.xlog1py(x, y)", call -> timesLogarithm(call, UnaryFunction.LOG1P));
    table.add("tf.math.xlogy(x, y)", call -> timesLogarithm(call, UnaryFunction.LOG));
  }

  /** Bounds may be arrays. */
  private static Value clip(FunctionCall call) {
    Value x = call.tensor("t");
    DataType dtype = x.type().dtype();
    List<Value> bounds = call.as(dtype, "clip_value_min", "clip_value_max");
    Value below = call.binary(MINIMUM, x, bounds.get(1));
    return call.binary(MAXIMUM, below, bounds.get(0));
  }

  /** Python 2's division: whole numbers are divided as such. */
  private static Value quotient(FunctionCall call) {
    List<Value> operands = call.promoted("x", "y");
    boolean whole = operands.get(0).type().dtype().isInteger();
    return call.binary(whole ? FLOOR_DIVIDE : DIVIDE, operands.get(0), operands.get(1));
  }

  /** Whole numbers are divided as float64, or as float32 where that holds them. */
  private static Value trueQuotient(FunctionCall call) {
    List<Value> operands = call.promoted("x1", "x2");
    DataType dtype = operands.get(0).type().dtype();
    DataType result = floating(dtype);
    return call.binary(
        DIVIDE, call.cast(operands.get(0), result), call.cast(operands.get(1), result));
  }

  private static DataType floating(DataType dtype) {
    if (dtype.isFloating()) {
      return dtype;
    }
    return dtype.bits() > 16 ? DataType.FLOAT64 : DataType.FLOAT32;
  }

  private static Value sum(FunctionCall call) {
    List<Value> terms = call.promotedList("inputs");
    return terms.stream().reduce((x, y) -> call.binary(ADD, x, y)).orElseThrow();
  }

  private static Value squaredDifference(FunctionCall call) {
    List<Value> operands = call.promoted("x", "y");
    Value apart = call.binary(SUBTRACT, operands.get(0), operands.get(1));
    return call.binary(MULTIPLY, apart, apart);
  }

  /** Nothing times anything is nothing, even infinity. */
  private static Value multiplyNoNan(FunctionCall call) {
    List<Value> operands = call.floating("x", "y");
    Value zero = call.binary(EQUAL, operands.get(1), 0);
    Value product = call.binary(MULTIPLY, operands.get(0), operands.get(1));
    return spread(call, zero, product);
  }

  private static Value reciprocalNoNan(FunctionCall call) {
    Value x = call.floating("x");
    Value zero = call.binary(EQUAL, x, 0);
    Value safe = FloatingPoint.replaced(call, zero, 1, x);
    return FloatingPoint.replaced(call, zero, 0, call.unary(UnaryFunction.RECIPROCAL, safe));
  }

  private static Value timesLogarithm(FunctionCall call, UnaryFunction logarithm) {
    List<Value> operands = call.floating("x", "y");
    return zeroOr(call, MULTIPLY, List.of(operands.get(0), call.unary(logarithm, operands.get(1))));
  }

  /** Zero where the first operand is, whatever the second. */
  private static Value zeroOr(FunctionCall call, BinaryFunction function, List<Value> operands) {
    Value zero = call.binary(EQUAL, operands.get(0), 0);
    return spread(call, zero, call.binary(function, operands.get(0), operands.get(1)));
  }

  private static Value spread(FunctionCall call, Value zero, Value x) {
    Value none = call.scalar("zero", x.type().dtype(), 0);
    return call.add("or_zero", new Where(), zero, none, x);
  }
}
