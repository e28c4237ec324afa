package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** TensorFlow's products of matrices, activations and normalizations. */
final class Keras3Neural {

  private static final int LAST = -1;

  private Keras3Neural() {}

  static void addTo(ComposedCalls table) {
    table.add(
        "tf.linalg.matmul",
        call ->
            call.add(
                "Matmul",
                turned(call, call.arg("a"), "transpose_a", "adjoint_a"),
                turned(call, call.arg("b"), "transpose_b", "adjoint_b")));
    table.add(
        "tf.linalg.matvec",
        call -> {
          Argument a = turned(call, call.arg("a"), "transpose_a", "adjoint_a");
          Argument column = call.add("ExpandDims", List.of(call.arg("b")), "axis", LAST);
          return call.add("Squeeze", List.of(call.add("Matmul", a, column)), "axis", LAST);
        });
    table.add("tf.nn.batch_normalization", Keras3Neural::normalization);
    table.add(
        "tf.nn.bias_add",
        call -> call.add("Add", call.arg("value"), channels(call, "value", "bias")));
    table.add(
        "tf.nn.crelu",
        call -> {
          Argument x = call.arg("features");
          Argument both = new Argument.Items(List.of(x, call.add("Negative", x)));
          Argument axis = call.arg("axis");
          return call.add("Relu", call.add("Concatenate", List.of(both), "axis", axis));
        });
    table.add("tf.nn.local_response_normalization", Keras3Neural::localResponse);
    table.add(
        "tf.nn.silu",
        call -> {
          Argument x = call.arg("features");
          boolean plain = !call.isComputed("beta") && call.number("beta") == 1;
          return plain
              ? call.add("Silu", x)
              : call.add(
                  "Multiply", x, call.add("Sigmoid", call.add("Multiply", x, call.arg("beta"))));
        });
    table.add("tf.raw_ops.FusedBatchNormV3", Keras3Neural::fused);
  }

  private static Argument turned(ComposedCall call, Argument x, String transpose, String adjoint) {
    if (!call.flag(transpose) && !call.flag(adjoint)) {
      return x;
    }
    return call.add("Swapaxes", List.of(x), "axis1", -2, "axis2", LAST);
  }

  /** A vector along the axis of the channels. */
  private static Argument channels(ComposedCall call, String image, String vector) {
    Argument own = call.arg(vector);
    int rank = call.rank(call.arg(image));
    if (!Keras3Windows.isChannelsFirst(call) || rank < 3) {
      return own;
    }
    List<Integer> behind = IntStream.range(1, rank - 1).boxed().toList();
    return call.add("ExpandDims", List.of(own), "axis", behind);
  }

  /** Of moments in any shape that broadcasts. */
  private static Argument normalization(ComposedCall call) {
    Argument above = call.add("Add", call.arg("variance"), call.arg("variance_epsilon"));
    Argument factor = call.add("Rsqrt", above);
    if (!call.isNone("scale")) {
      factor = call.add("Multiply", factor, call.arg("scale"));
    }
    Argument centered = call.add("Subtract", call.arg("x"), call.arg("mean"));
    Argument scaled = call.add("Multiply", centered, factor);
    return call.isNone("offset") ? scaled : call.add("Add", scaled, call.arg("offset"));
  }

  /** With moments that are given; computed in float32. */
  private static Argument fused(ComposedCall call) {
    if (call.flag("is_training")) {
      throw new Inexpressible(
          "must have 'is_training' false", "true: it takes moments of the batch");
    }
    Argument x = call.cast(call.arg("x"), DataType.FLOAT32);
    Argument above = call.add("Add", channels(call, "x", "variance"), call.arg("epsilon"));
    Argument factor = call.add("Divide", channels(call, "x", "scale"), call.add("Sqrt", above));
    Argument centered = call.add("Subtract", x, channels(call, "x", "mean"));
    return call.add("Add", call.add("Multiply", centered, factor), channels(call, "x", "offset"));
  }

  /**
   * Each element over a power of what its neighbours along the channels weigh: a product with a
   * matrix that has ones for neighbours.
   */
  private static Argument localResponse(ComposedCall call) {
    Argument x = call.arg("input");
    long channels = call.size(x, LAST);
    int radius = call.whole("depth_radius");
    List<List<Integer>> near = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      int place = i;
      near.add(
          IntStream.range(0, Math.toIntExact(channels))
              .mapToObj(j -> Math.abs(place - j) <= radius ? 1 : 0)
              .toList());
    }
    Argument ones = Literals.array(call.type(x).dtype(), near);
    Argument sums = call.add("Matmul", call.add("Square", x), ones);
    Argument weight =
        call.add("Add", call.add("Multiply", sums, call.arg("alpha")), call.arg("bias"));
    return call.add("Divide", x, call.add("Power", weight, call.arg("beta")));
  }
}
