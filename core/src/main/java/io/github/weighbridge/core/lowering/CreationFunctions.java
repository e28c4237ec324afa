package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.POWER;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Functions that fill a shape, and those that hand a tensor on, perhaps in another type. */
final class CreationFunctions {

  private CreationFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Array(x, dtype=None)", CreationFunctions::cast);
    table.add("Cast(x, dtype)", CreationFunctions::cast);
    table.add("ConvertToTensor(x, dtype=None, sparse=None, ragged=None)", CreationFunctions::cast);
    table.add("Copy(x)", call -> call.tensor("x"));
    table.add("EmptyLike(x, dtype=None)", call -> filledLike(call, 0));
    table.add("Full(fill_value, shape, dtype=None)", CreationFunctions::full);
    table.add("FullLike(x, fill_value, dtype=None)", CreationFunctions::fullLike);
    table.add(
        "Geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0)",
        CreationFunctions::geomspace);
    table.add(
        "Linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0)",
        CreationFunctions::linspace);
    table.add(
        "Logspace(start, stop, num=50, endpoint=True, base=10, dtype=None, axis=0)",
        CreationFunctions::logspace);
    table.add("OnesLike(x, dtype=None)", call -> filledLike(call, 1));
    table.add("SaturateCast(x, dtype)", CreationFunctions::saturateCast);
    table.add("StopGradient(variable)", call -> call.tensor("variable"));
    table.add("ZerosLike(x, dtype=None)", call -> filledLike(call, 0));
  }

  private static Value cast(FunctionCall call) {
    Value x = call.tensor("x");
    return call.toType(x, call.dtype("dtype").orElse(x.type().dtype()));
  }

  private static Value filledLike(FunctionCall call, double number) {
    Value x = call.tensor("x");
    DataType dtype = call.dtype("dtype").orElse(x.type().dtype());
    return call.filledLike(x, call.scalar("value", dtype, number));
  }

  private static Value fullLike(FunctionCall call) {
    Value x = call.tensor("x");
    DataType dtype = call.dtype("dtype").orElse(x.type().dtype());
    return call.filledLike(x, call.as(dtype, "fill_value").get(0));
  }

  private static Value full(FunctionCall call) {
    DataType dtype = call.dtype("dtype").orElse(DataType.FLOAT32);
    List<DimSource> dims =
        call.wholes("shape").stream().<DimSource>map(DimSource.Fixed::new).toList();
    return call.add("full", new Expand(dims), call.as(dtype, "fill_value").get(0));
  }

  private static Value saturateCast(FunctionCall call) {
    Value x = call.tensor("x");
    return SaturatedCast.of(call, x, call.dtype("dtype").orElse(x.type().dtype()));
  }

  /** {@code start + i step} along a new axis. */
  private static Value linspace(FunctionCall call) {
    if (call.flag("retstep")) {
      throw call.unsupported("'retstep' must be false", "true");
    }
    List<Value> ends = call.floating("start", "stop");
    Value result = evenlySpaced(call, ends.get(0), ends.get(1));
    DataType dtype = call.dtype("dtype").orElse(result.type().dtype());
    return dtype.isInteger()
        ? call.cast(call.unary(UnaryFunction.FLOOR, result), dtype)
        : call.cast(result, dtype);
  }

  private static Value evenlySpaced(FunctionCall call, Value start, Value stop) {
    int num = call.whole("num");
    Rules.require(num > 0, "'num' must be positive, is " + num);
    int rank = Math.max(start.type().rank(), stop.type().rank()) + 1;
    int axis = Rules.axis(call.whole("axis"), rank);
    double[] counting = new double[num];
    Arrays.setAll(counting, i -> i);
    List<DimSource> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dims.add(new DimSource.Fixed(i == axis ? num : 1));
    }
    DataType dtype = start.type().dtype();
    Value vector = call.constant("counting", Tensor.of(counting, num).cast(dtype));
    Value places = call.add("places", new Reshape(dims), vector);
    int steps = call.flag("endpoint") ? num - 1 : num;
    Value step = call.binary(DIVIDE, call.binary(SUBTRACT, stop, start), Math.max(1, steps));
    return call.binary(
        ADD,
        widened(call, start, rank, axis),
        call.binary(MULTIPLY, places, widened(call, step, rank, axis)));
  }

  /** With an axis of size 1 where the new one stands. */
  private static Value widened(FunctionCall call, Value x, int rank, int axis) {
    int place = axis - (rank - 1 - x.type().rank());
    return place < 0 ? x : call.add("widened", new Unsqueeze(List.of(place)), x);
  }

  private static Value logspace(FunctionCall call) {
    List<Value> ends = call.floating("start", "stop");
    Value exponents = evenlySpaced(call, ends.get(0), ends.get(1));
    DataType dtype = exponents.type().dtype();
    Value base = call.scalar("base", dtype, call.number("base"));
    Value result = call.binary(POWER, base, exponents);
    return call.cast(result, call.dtype("dtype").orElse(dtype));
  }

  /** Evenly spaced logarithms of the sizes, with the sign of the start. */
  private static Value geomspace(FunctionCall call) {
    List<Value> ends = call.floating("start", "stop");
    Value start = ends.get(0);
    Value exponents =
        evenlySpaced(call, logarithmOfSize(call, start), logarithmOfSize(call, ends.get(1)));
    int axis = Rules.axis(call.whole("axis"), exponents.type().rank());
    Value sign =
        widened(call, call.unary(UnaryFunction.SIGN, start), exponents.type().rank(), axis);
    Value result = call.binary(MULTIPLY, call.unary(UnaryFunction.EXP, exponents), sign);
    return call.cast(result, call.dtype("dtype").orElse(result.type().dtype()));
  }

  private static Value logarithmOfSize(FunctionCall call, Value x) {
    return call.unary(UnaryFunction.LOG, call.unary(UnaryFunction.ABS, x));
  }
}
