package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.tensor.DataType;
import java.util.Arrays;
import java.util.List;

/** Normalizations, products and losses of {@code keras.ops}. */
final class TensorFlowNeural {

  private TensorFlowNeural() {}

  static void addTo(ComposedCalls table) {
    table.add("BatchNorm", TensorFlowNeural::batchNormalized);
    table.add("Einsum", TensorFlowEinsum::of);
    table.add("LayerNorm", TensorFlowNeural::layerNormalized);
    table.addAll(
        "Moments",
        call ->
            call.addAll(
                "tf.nn.moments",
                List.of(call.arg("x")),
                "axes",
                call.arg("axes"),
                "keepdims",
                call.flag("keepdims")));
    table.add("RMSNorm", TensorFlowNeural::meanSquareNormalized);
  }

  /** Vectors along one axis, as they broadcast. */
  private static Argument along(ComposedCall call, String name, int axis) {
    Argument vector = call.arg(name);
    int rank = call.rank(call.arg("x"));
    int counted = Math.floorMod(axis, rank);
    if (counted == rank - 1) {
      return vector;
    }
    Long[] sizes = new Long[rank];
    Arrays.fill(sizes, 1L);
    sizes[counted] = -1L;
    return call.add("Reshape", List.of(vector), "newshape", List.of(sizes));
  }

  private static Argument batchNormalized(ComposedCall call) {
    int axis = call.whole("axis");
    Argument x = call.arg("x");
    Argument above = call.add("Add", along(call, "variance", axis), call.arg("epsilon"));
    Argument factor = call.add("Rsqrt", above);
    if (!call.isNone("scale")) {
      factor = call.add("Multiply", factor, along(call, "scale", axis));
    }
    Argument centered = call.add("Subtract", x, along(call, "mean", axis));
    Argument scaled = call.add("Multiply", centered, factor);
    return call.isNone("offset") ? scaled : call.add("Add", scaled, along(call, "offset", axis));
  }

  private static Argument epsilon(ComposedCall call) {
    return call.isNone("epsilon") ? Literals.of(1e-7) : call.arg("epsilon");
  }

  private static Argument mean(ComposedCall call, Argument x) {
    return call.add("tf.math.reduce_mean", List.of(x), "axis", call.arg("axis"), "keepdims", true);
  }

  /** In float32 at least; by vectors along the last axes. */
  private static Argument layerNormalized(ComposedCall call) {
    requireLast(call);
    if (call.flag("rms_scaling")) {
      throw new Inexpressible("must have 'rms_scaling' false, in TensorFlow", "true");
    }
    Argument x = call.cast(call.arg("x"), precise(call));
    Argument apart = call.add("Subtract", x, mean(call, x));
    Argument variance = mean(call, call.add("Square", apart));
    Argument factor = call.add("Rsqrt", call.add("Add", variance, epsilon(call)));
    Argument scaled = call.add("Multiply", apart, factor);
    if (!call.isNone("gamma")) {
      scaled = call.add("Multiply", scaled, call.arg("gamma"));
    }
    return call.isNone("beta") ? scaled : call.add("Add", scaled, call.arg("beta"));
  }

  private static void requireLast(ComposedCall call) {
    List<Integer> axes = call.wholes("axis");
    int rank = call.rank(call.arg("x"));
    if (axes.size() != 1 || Math.floorMod(axes.get(0), rank) != rank - 1) {
      throw new Inexpressible("must have the last 'axis', in TensorFlow", axes.toString());
    }
  }

  private static DataType precise(ComposedCall call) {
    DataType dtype = call.result().dtype();
    return dtype.bits() == 16 ? DataType.FLOAT32 : dtype;
  }

  private static Argument meanSquareNormalized(ComposedCall call) {
    requireLast(call);
    Argument x = call.cast(call.arg("x"), precise(call));
    Argument square = mean(call, call.add("Square", x));
    Argument factor = call.add("Rsqrt", call.add("Add", square, epsilon(call)));
    Argument scaled = call.add("Multiply", x, factor);
    return call.isNone("scale") ? scaled : call.add("Multiply", scaled, call.arg("scale"));
  }
}
