package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.MAXIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.NOT_EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.POWER;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.ArgReduce;
import io.github.weighbridge.core.op.CumProd;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** TensorFlow's functions that make many elements one, and those that run along an axis. */
final class TensorFlowReductions {

  private TensorFlowReductions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "tf.clip_by_norm(t, clip_norm, axes=None)",
        call -> {
          Value x = call.tensor("t");
          Value norm = euclidean(call, x, call.axes("axes", x), true);
          Value limit = call.as(x.type().dtype(), "clip_norm").get(0);
          Value scaled = call.binary(MULTIPLY, x, limit);
          return call.binary(DIVIDE, scaled, call.binary(MAXIMUM, norm, limit));
        });
    table.add(
        "tf.math.argmax(input, axis=None, output_type='int64')", call -> argument(call, true));
    table.add(
        "tf.math.argmin(input, axis=None, output_type='int64')", call -> argument(call, false));
    table.add(
        "tf.math.count_nonzero(input, axis=None, keepdims=None, dtype='int64')",
        TensorFlowReductions::countNonzero);
    String running = "(x, axis=0, exclusive=False, reverse=False)";
    table.add("tf.math.cumprod" + running, call -> running(call, true));
    table.add("tf.math.cumsum" + running, call -> running(call, false));
    table.add(
        "tf.math.l2_normalize(x, axis=None, epsilon=1e-12)", TensorFlowReductions::normalized);
    table.add(
        "tf.math.reduce_euclidean_norm(input_tensor, axis=None, keepdims=False)",
        call -> {
          Value x = call.tensor("input_tensor");
          return euclidean(call, x, call.axes("axis", x), keepDims(call));
        });
    table.add(
        "tf.math.reduce_mean(input_tensor, axis=None, keepdims=False)", TensorFlowReductions::mean);
    table.add("tf.math.zero_fraction(value)", TensorFlowReductions::zeroFraction);
    table.addAll("tf.nn.moments(x, axes, keepdims=False)", TensorFlowReductions::moments);
    table.add("tf.nn.l2_loss(t)", TensorFlowReductions::halfSquares);
    table.add("tf.norm(tensor, ord='euclidean', axis=None, keepdims=None)", call -> norm(call));
    table.addAll(
        "tf.linalg.normalize(tensor, ord='euclidean', axis=None)",
        call -> {
          Value x = call.tensor("tensor");
          Value norm = norm(call, x, true);
          return List.of(call.binary(DIVIDE, x, norm), norm);
        });
  }

  private static boolean keepDims(FunctionCall call) {
    return !call.isNone("keepdims") && call.flag("keepdims");
  }

  private static Value reduce(
      FunctionCall call, Reduce.Function function, Value x, List<Integer> axes, boolean keepDims) {
    return axes.isEmpty() ? x : call.add("reduce", new Reduce(function, axes, keepDims), x);
  }

  private static Value mean(FunctionCall call) {
    Value x = call.tensor("input_tensor");
    if (!x.type().dtype().isFloating()) {
      throw call.unsupported(
          "a mean must be of floating-point numbers: TensorFlow rounds that of others",
          x.type().toString());
    }
    return reduce(call, Reduce.Function.MEAN, x, call.axes("axis", x), keepDims(call));
  }

  private static Value zeroFraction(FunctionCall call) {
    Value x = call.tensor("value");
    Value zeros = call.cast(call.binary(EQUAL, x, 0), DataType.FLOAT32);
    List<Integer> all = IntStream.range(0, x.type().rank()).boxed().toList();
    return reduce(call, Reduce.Function.MEAN, zeros, all, false);
  }

  private static Value euclidean(FunctionCall call, Value x, List<Integer> axes, boolean keepDims) {
    Value squares = call.binary(MULTIPLY, x, x);
    return call.unary(
        UnaryFunction.SQRT, reduce(call, Reduce.Function.SUM, squares, axes, keepDims));
  }

  private static Value halfSquares(FunctionCall call) {
    Value x = call.tensor("t");
    Value squares = call.binary(MULTIPLY, x, x);
    List<Integer> all = IntStream.range(0, x.type().rank()).boxed().toList();
    return call.binary(MULTIPLY, reduce(call, Reduce.Function.SUM, squares, all, false), 0.5);
  }

  /** {@code x / sqrt(max(sum(x^2), epsilon))}. */
  private static Value normalized(FunctionCall call) {
    Value x = call.tensor("x");
    Value squares = call.binary(MULTIPLY, x, x);
    Value sum = reduce(call, Reduce.Function.SUM, squares, call.axes("axis", x), true);
    Value size = call.unary(UnaryFunction.SQRT, call.binary(MAXIMUM, sum, call.number("epsilon")));
    return call.binary(DIVIDE, x, size);
  }

  private static List<Value> moments(FunctionCall call) {
    Value x = call.tensor("x");
    List<Integer> axes = call.axes("axes", x);
    DataType dtype = x.type().dtype();
    // Numbers of 16 bits are summed as float32.
    Value precise = dtype.bits() == 16 ? call.cast(x, DataType.FLOAT32) : x;
    Value center = reduce(call, Reduce.Function.MEAN, precise, axes, true);
    Value apart = call.binary(SUBTRACT, precise, center);
    Value squares = call.binary(MULTIPLY, apart, apart);
    boolean keepDims = keepDims(call);
    return List.of(
        call.cast(reduce(call, Reduce.Function.MEAN, precise, axes, keepDims), dtype),
        call.cast(reduce(call, Reduce.Function.MEAN, squares, axes, keepDims), dtype));
  }

  private static Value countNonzero(FunctionCall call) {
    Value x = call.tensor("input");
    DataType dtype = call.dtype("dtype").orElse(DataType.INT64);
    Value counted = x.type().dtype() == DataType.BOOL ? x : call.binary(NOT_EQUAL, x, 0);
    Value ones = call.cast(counted, dtype);
    return reduce(call, Reduce.Function.SUM, ones, call.axes("axis", x), keepDims(call));
  }

  /** Along the first axis where none is named. */
  private static Value argument(FunctionCall call, boolean largest) {
    Value own = call.tensor("input");
    Value x = own.type().dtype() == DataType.BOOL ? call.cast(own, DataType.INT32) : own;
    int axis = call.isNone("axis") ? 0 : call.axis("axis", x);
    Value index = call.add("index", new ArgReduce(largest, axis, false), x);
    return call.cast(index, call.dtype("output_type").orElse(DataType.INT64));
  }

  /** Backwards it runs along the axis in opposite order; exclusive sums begin one element later. */
  private static Value running(FunctionCall call, boolean product) {
    Value x = call.tensor("x");
    int axis = call.axis("axis", x);
    boolean reverse = call.flag("reverse");
    Value along = reverse ? call.add("reversed", Slice.reversed(axis), x) : x;
    if (call.flag("exclusive")) {
      along = call.add("before", Slice.of(axis, 0, -1), pushed(call, along, axis, product));
    }
    Value sums = call.add("running", product ? new CumProd(axis) : new CumSum(axis), along);
    return reverse ? call.add("forward", Slice.reversed(axis), sums) : sums;
  }

  private static Value pushed(FunctionCall call, Value x, int axis, boolean product) {
    List<Long> begin = new ArrayList<>(Collections.nCopies(x.type().rank(), 0L));
    List<Long> end = List.copyOf(begin);
    begin.set(axis, 1L);
    return call.add("pushed", new Pad(begin, end, Pad.Mode.CONSTANT, product ? 1 : 0), x);
  }

  private static Value norm(FunctionCall call) {
    return norm(call, call.tensor("tensor"), keepDims(call));
  }

  /** Of vectors: euclidean, sum of sizes, largest size, or any other power. */
  private static Value norm(FunctionCall call, Value x, boolean keepDims) {
    List<Integer> axes = call.axes("axis", x);
    if (call.literal("ord").asText().isPresent()) {
      String name = call.text("ord");
      Rules.require(
          name.equals("euclidean") || name.equals("fro"),
          "'ord' must be 'euclidean', 'fro' or a number, is '" + name + "'");
      return euclidean(call, x, axes, keepDims);
    }
    double ord = call.number("ord");
    if (axes.size() != 1 && !call.isNone("axis")) {
      throw call.unsupported("'ord' of matrices must be 'euclidean'", Double.toString(ord));
    }
    Value sizes = call.unary(UnaryFunction.ABS, x);
    if (ord == 1) {
      return reduce(call, Reduce.Function.SUM, sizes, axes, keepDims);
    }
    if (ord == 2) {
      return euclidean(call, x, axes, keepDims);
    }
    if (Double.isInfinite(ord)) {
      return reduce(call, Reduce.Function.MAX, sizes, axes, keepDims);
    }
    Value powers = call.binary(POWER, sizes, ord);
    Value sum = reduce(call, Reduce.Function.SUM, powers, axes, keepDims);
    return call.binary(POWER, sum, 1 / ord);
  }
}
