package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The activation functions of Keras 3, by its names. Most are functions of one number; the rest
 * work along the last axis.
 */
final class Activations {

  private static final Map<String, Function<Activation, Unary>> UNARY = new TreeMap<>();

  /** Those that {@link #apply} puts together itself. */
  private static final List<String> OTHERS =
      List.of("glu", "log_softmax", "relu", "softmax", "sparsemax");

  static {
    add("celu", a -> Unary.of(UnaryFunction.CELU, a.parameter("alpha", 1)));
    add("elu", a -> Unary.of(UnaryFunction.ELU, a.parameter("alpha", 1)));
    add("exponential", a -> Unary.of(UnaryFunction.EXP));
    add(
        "gelu",
        a ->
            Unary.of(
                a.parameter("approximate", 0) == 0 ? UnaryFunction.GELU : UnaryFunction.GELU_TANH));
    add("hard_shrink", a -> Unary.of(UnaryFunction.HARD_SHRINK, a.parameter("threshold", 0.5)));
    // 1/6 is Keras 3's slope; the dialects of Keras 1 and 2 write their 0.2.
    add(
        "hard_sigmoid",
        a ->
            new Unary(
                UnaryFunction.HARD_SIGMOID,
                a.parameter("slope", 1.0 / 6),
                a.parameter("offset", 0.5)));
    add("hard_silu", a -> Unary.of(UnaryFunction.HARD_SILU));
    add("hard_swish", a -> Unary.of(UnaryFunction.HARD_SILU));
    add("hard_tanh", a -> new Unary(UnaryFunction.CLIP, -1, 1));
    add("leaky_relu", a -> Unary.of(UnaryFunction.LEAKY_RELU, a.parameter("negative_slope", 0.2)));
    add("linear", a -> Unary.of(UnaryFunction.IDENTITY));
    add("log_sigmoid", a -> Unary.of(UnaryFunction.LOG_SIGMOID));
    add("mish", a -> Unary.of(UnaryFunction.MISH));
    add("relu6", a -> new Unary(UnaryFunction.CLIP, 0, 6));
    add("selu", a -> Unary.of(UnaryFunction.SELU));
    add("sigmoid", a -> Unary.of(UnaryFunction.SIGMOID));
    add("silu", a -> Unary.of(UnaryFunction.SILU));
    add("soft_shrink", a -> Unary.of(UnaryFunction.SOFT_SHRINK, a.parameter("threshold", 0.5)));
    add("softplus", a -> Unary.of(UnaryFunction.SOFTPLUS));
    add("softsign", a -> Unary.of(UnaryFunction.SOFTSIGN));
    add("sparse_plus", a -> Unary.of(UnaryFunction.SPARSE_PLUS));
    add("sparse_sigmoid", a -> new Unary(UnaryFunction.HARD_SIGMOID, 0.5, 0.5));
    add("squareplus", a -> Unary.of(UnaryFunction.SQUAREPLUS, a.parameter("b", 4)));
    add("swish", a -> Unary.of(UnaryFunction.SILU));
    add("tanh", a -> Unary.of(UnaryFunction.TANH));
    add("tanh_shrink", a -> Unary.of(UnaryFunction.TANH_SHRINK));
  }

  private Activations() {}

  private static void add(String name, Function<Activation, Unary> function) {
    UNARY.put(name, function);
  }

  /** The function as one of a single number, if it is. */
  static Optional<Unary> unary(Activation activation) {
    if (activation.name().equals("relu")) {
      return plainRelu(activation);
    }
    return Optional.ofNullable(UNARY.get(activation.name())).map(f -> f.apply(activation));
  }

  /** ReLU with a limit or a slope, as one function; not with both, nor with a threshold. */
  private static Optional<Unary> plainRelu(Activation activation) {
    double max = activation.parameter("max_value", Double.POSITIVE_INFINITY);
    double slope = activation.parameter("negative_slope", 0);
    if (activation.parameter("threshold", 0) != 0 || (slope != 0 && max < Double.MAX_VALUE)) {
      return Optional.empty();
    }
    if (slope != 0) {
      return Optional.of(Unary.of(UnaryFunction.LEAKY_RELU, slope));
    }
    return Optional.of(
        max < Double.MAX_VALUE
            ? new Unary(UnaryFunction.CLIP, 0, max)
            : Unary.of(UnaryFunction.RELU));
  }

  /** Adds the function to a graph. */
  static Value apply(OperationScope context, Activation activation, Value given) {
    Optional<Unary> unary = unary(activation);
    Value x = context.cast(given, activation.resultType(given.type().dtype()));
    if (unary.isPresent()) {
      return unary.get().function() == UnaryFunction.IDENTITY
          ? x
          : context.add(activation.name(), unary.get(), x);
    }
    int last = x.type().rank() - 1;
    return switch (activation.name()) {
      case "relu" -> relu(context, activation, x);
      case "softmax" -> context.add("softmax", new Softmax(last, false), x);
      case "log_softmax" -> context.add("log_softmax", new Softmax(last, true), x);
      case "glu" -> glu(context, x, last);
      case "sparsemax" -> Sparsemax.apply(context, x);
      default -> throw context.unknownFunction(activation.name(), known());
    };
  }

  private static String known() {
    return String.join(", ", UNARY.keySet()) + ", " + String.join(", ", OTHERS);
  }

  /** Every name, sorted. */
  static List<String> names() {
    return Stream.concat(UNARY.keySet().stream(), OTHERS.stream()).sorted().toList();
  }

  /** Keras's ReLU in full: the part above the threshold, limited; minus the slope below it. */
  static Value relu(OperationScope context, Activation activation, Value x) {
    double max = activation.parameter("max_value", Double.POSITIVE_INFINITY);
    double slope = activation.parameter("negative_slope", 0);
    double threshold = activation.parameter("threshold", 0);
    Value above;
    if (threshold != 0) {
      Value counts = context.binary(BinaryFunction.GREATER, x, threshold);
      Value zero = context.scalar("zero", x.type().dtype(), 0);
      above = context.add("above", new Where(), counts, x, zero);
    } else {
      above = context.unary(UnaryFunction.RELU, x);
    }
    if (max < Double.MAX_VALUE) {
      above = context.add("limit", new Unary(UnaryFunction.CLIP, 0, max), above);
    }
    if (slope == 0) {
      return above;
    }
    Value limit = context.scalar("threshold", x.type().dtype(), threshold);
    Value below =
        context.unary(
            UnaryFunction.RELU,
            context.add("below", new Binary(BinaryFunction.SUBTRACT), limit, x));
    return context.binary(
        BinaryFunction.SUBTRACT, above, context.binary(BinaryFunction.MULTIPLY, below, slope));
  }

  /** The first half of an axis times the sigmoid of the second. */
  static Value glu(OperationScope context, Value x, int axis) {
    long size = context.knownSize(x, axis);
    Rules.require(size % 2 == 0, "axis " + axis + " of " + x.type() + " must be of an even size");
    long half = size / 2;
    Value first = context.add("first", Slice.of(axis, 0, half), x);
    Value second = context.add("second", Slice.of(axis, half, Slice.TO_END), x);
    return context.binary(
        BinaryFunction.MULTIPLY, first, context.unary(UnaryFunction.SIGMOID, second));
  }
}
