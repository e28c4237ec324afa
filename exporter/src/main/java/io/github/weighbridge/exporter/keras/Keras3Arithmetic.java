package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** TensorFlow's arithmetic, reductions and losses. */
final class Keras3Arithmetic {

  /** What tf.keras keeps probabilities away from 0 and 1 by. */
  private static final double EPSILON = 1e-7;

  private Keras3Arithmetic() {}

  static void addTo(ComposedCalls table) {
    elementwise(table);
    reductions(table);
    losses(table);
  }

  private static void elementwise(ComposedCalls table) {
    table.add("tf.clip_by_value", Keras3Arithmetic::clipped);
    table.add(
        "tf.compat.v1.div",
        call -> {
          boolean whole = call.result().dtype().isInteger();
          return call.add(whole ? "FloorDivide" : "Divide", call.arg("x"), call.arg("y"));
        });
    table.add("tf.math.add_n", Keras3Arithmetic::sum);
    table.add(
        "tf.math.multiply_no_nan",
        call -> {
          Argument product = call.add("Multiply", call.arg("x"), call.arg("y"));
          return zeroWhere(call, call.arg("y"), product);
        });
    table.add(
        "tf.math.reciprocal_no_nan",
        call -> call.add("DivideNoNan", Literals.of(1.0), call.arg("x")));
    table.add(
        "tf.math.squared_difference",
        call -> call.add("Square", call.add("Subtract", call.arg("x"), call.arg("y"))));
    table.when(
        "tf.math.truediv",
        // As float64, where keras.ops divides as float32.
        call -> call.result().dtype() == DataType.FLOAT64,
        call -> call.add("Divide", wide(call, call.arg("x1")), wide(call, call.arg("x2"))));
    table.add("tf.math.xdivy", call -> orZero(call, "Divide", call.arg("y")));
    table.add(
        "tf.math.xlog1py", call -> orZero(call, "Multiply", call.add("Log1p", call.arg("y"))));
    table.add("tf.math.xlogy", call -> orZero(call, "Multiply", call.add("Log", call.arg("y"))));
  }

  private static boolean isNumber(Argument argument) {
    return argument instanceof Argument.Literal literal && literal.value().asDouble().isPresent();
  }

  /** Bounds may be arrays. */
  private static Argument clipped(ComposedCall call) {
    Argument least = call.arg("clip_value_min");
    Argument most = call.arg("clip_value_max");
    if (isNumber(least) && isNumber(most)) {
      return call.add("Clip", List.of(call.arg("t")), "x_min", least, "x_max", most);
    }
    Argument below = call.add("Minimum", call.arg("t"), most);
    return call.add("Maximum", below, least);
  }

  private static Argument sum(ComposedCall call) {
    List<Argument> terms =
        call.arg("inputs") instanceof Argument.Items items
            ? items.elements()
            : List.of(call.arg("inputs"));
    Argument sum = terms.get(0);
    for (Argument term : terms.subList(1, terms.size())) {
      sum = call.add("Add", sum, term);
    }
    return sum;
  }

  private static Argument wide(ComposedCall call, Argument x) {
    return x instanceof Argument.Of ? call.cast(x, DataType.FLOAT64) : x;
  }

  private static Argument orZero(ComposedCall call, String function, Argument y) {
    return zeroWhere(call, call.arg("x"), call.add(function, call.arg("x"), y));
  }

  private static Argument zeroWhere(ComposedCall call, Argument zero, Argument x) {
    Argument isZero = call.add("Equal", zero, Literals.of(0));
    return call.add("Where", isZero, Literals.of(0), x);
  }

  private static void reductions(ComposedCalls table) {
    table.add(
        "tf.clip_by_norm",
        call -> {
          Argument x = call.arg("t");
          Argument sum = reduced(call, "Sum", call.add("Square", x), "axes", true);
          Argument limit = call.arg("clip_norm");
          Argument norm = call.add("Maximum", call.add("Sqrt", sum), limit);
          return call.add("Divide", call.add("Multiply", x, limit), norm);
        });
    table.addAll(
        "tf.linalg.normalize",
        call -> {
          Argument norm = norm(call, true);
          return List.of(call.add("Divide", call.arg("tensor"), norm), norm);
        });
    table.add("tf.math.argmax", call -> argument(call, "Argmax"));
    table.add("tf.math.argmin", call -> argument(call, "Argmin"));
    table.add("tf.math.count_nonzero", Keras3Arithmetic::counted);
    table.add("tf.math.cumprod", call -> running(call, "Cumprod", 1));
    table.add("tf.math.cumsum", call -> running(call, "Cumsum", 0));
    table.add(
        "tf.math.l2_normalize",
        call -> {
          Argument x = call.arg("x");
          Argument sum = reduced(call, "Sum", call.add("Square", x), "axis", true);
          Argument least = call.add("Maximum", sum, call.arg("epsilon"));
          return call.add("Divide", x, call.add("Sqrt", least));
        });
    table.add(
        "tf.math.reduce_euclidean_norm",
        call -> {
          Argument squares = call.add("Square", call.arg("input_tensor"));
          return call.add("Sqrt", reduced(call, "Sum", squares, "axis", keepDims(call)));
        });
    table.when(
        "tf.math.reduce_mean",
        call -> call.result().dtype().isFloating(),
        call -> reduced(call, "Mean", call.arg("input_tensor"), "axis", keepDims(call)));
    table.add(
        "tf.math.zero_fraction",
        call -> {
          Argument zeros = call.add("Equal", call.arg("value"), Literals.of(0));
          return call.add("Mean", call.cast(zeros, DataType.FLOAT32));
        });
    table.add(
        "tf.nn.l2_loss",
        call -> {
          Argument sum = call.add("Sum", call.add("Square", call.arg("t")));
          return call.add("Multiply", sum, Literals.of(0.5));
        });
    table.add("tf.norm", call -> norm(call, keepDims(call)));
    table.addAll(
        "tf.nn.moments",
        call ->
            call.addAll(
                "Moments",
                List.of(call.arg("x")),
                "axes",
                call.arg("axes"),
                "keepdims",
                call.flag("keepdims")));
  }

  private static boolean keepDims(ComposedCall call) {
    return !call.isNone("keepdims") && call.flag("keepdims");
  }

  private static Argument counted(ComposedCall call) {
    Argument x = call.arg("input");
    boolean told = call.type(x).dtype() == DataType.BOOL;
    Argument others = told ? x : call.add("NotEqual", x, Literals.of(0));
    Argument ones = call.cast(others, call.result().dtype());
    return reduced(call, "Sum", ones, "axis", keepDims(call));
  }

  /** Of vectors: euclidean, sum of sizes, largest size, or any other power. */
  private static Argument norm(ComposedCall call, boolean keepDims) {
    Argument x = call.arg("tensor");
    boolean named = call.literal("ord").asText().isPresent();
    double ord = named ? 2 : call.number("ord");
    if (!named && call.wholesOrNone("axis").size() > 1) {
      throw new Inexpressible("must have the 'ord' 'euclidean' for matrices", Double.toString(ord));
    }
    if (ord == 2) {
      return call.add("Sqrt", reduced(call, "Sum", call.add("Square", x), "axis", keepDims));
    }
    Argument sizes = call.add("Absolute", x);
    if (ord == 1 || Double.isInfinite(ord)) {
      return reduced(call, ord == 1 ? "Sum" : "Max", sizes, "axis", keepDims);
    }
    Argument powers = call.add("Power", sizes, Literals.of(ord));
    Argument sum = reduced(call, "Sum", powers, "axis", keepDims);
    return call.add("Power", sum, Literals.of(1 / ord));
  }

  private static Argument reduced(
      ComposedCall call, String function, Argument x, String axes, boolean keepDims) {
    return call.add(function, List.of(x), "axis", call.arg(axes), "keepdims", keepDims);
  }

  private static Argument argument(ComposedCall call, String function) {
    Argument x = call.arg("input");
    Argument axis = call.isNone("axis") ? Literals.of(0) : call.arg("axis");
    return call.add(function, List.of(x), "axis", axis);
  }

  /** Backwards it runs along the turned axis; exclusive sums begin one element later. */
  private static Argument running(ComposedCall call, String function, int neutral) {
    Argument x = call.arg("x");
    int rank = call.rank(x);
    int axis = Math.floorMod(call.whole("axis"), rank);
    boolean reverse = call.flag("reverse");
    Argument along = reverse ? call.add("Flip", List.of(x), "axis", axis) : x;
    if (call.flag("exclusive")) {
      Argument pushed =
          call.add(
              "Pad",
              List.of(along),
              "mode",
              "constant",
              "pad_width",
              Margins.along(rank, axis, 1, 0),
              "constant_values",
              neutral);
      along = call.items(pushed, Literals.along(rank, axis, Literals.slice(null, -1L, null)));
    }
    Argument sums = call.add(function, List.of(along), "axis", axis);
    return reverse ? call.add("Flip", List.of(sums), "axis", axis) : sums;
  }

  private static void losses(ComposedCalls table) {
    table.add(
        "tf.keras.backend.binary_crossentropy",
        call ->
            call.flag("from_logits")
                ? ofLogits(call, call.arg("target"), call.arg("output"))
                : ofProbabilities(call));
    table.add(
        "tf.nn.sigmoid_cross_entropy_with_logits",
        call -> ofLogits(call, call.arg("labels"), call.arg("logits")));
    table.add(
        "tf.nn.softmax_cross_entropy_with_logits",
        call -> {
          Argument logarithms =
              call.add("LogSoftmax", List.of(call.arg("logits")), "axis", call.arg("axis"));
          Argument weighted = call.add("Multiply", call.arg("labels"), logarithms);
          return call.add("Negative", call.add("Sum", List.of(weighted), "axis", call.arg("axis")));
        });
  }

  /** Keras 3's own adds nothing to what it takes logarithms of. */
  private static Argument ofProbabilities(ComposedCall call) {
    Argument target = call.arg("target");
    Argument limited =
        call.add("Clip", List.of(call.arg("output")), "x_min", EPSILON, "x_max", 1 - EPSILON);
    Argument hit = call.add("Multiply", target, logarithm(call, limited));
    Argument missed =
        call.add("Multiply", complement(call, target), logarithm(call, complement(call, limited)));
    return call.add("Negative", call.add("Add", hit, missed));
  }

  private static Argument complement(ComposedCall call, Argument x) {
    return call.add("Subtract", Literals.of(1.0), x);
  }

  private static Argument logarithm(ComposedCall call, Argument x) {
    return call.add("Log", call.add("Add", x, Literals.of(EPSILON)));
  }

  /** {@code softplus(x) - x z} of logits x and labels z. */
  private static Argument ofLogits(ComposedCall call, Argument labels, Argument logits) {
    Argument both = call.add("Multiply", logits, labels);
    return call.add("Subtract", call.add("Softplus", logits), both);
  }
}
