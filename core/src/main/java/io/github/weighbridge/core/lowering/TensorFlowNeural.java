package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.POWER;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** TensorFlow's products of matrices, normalizations, and activations that Keras does not have. */
final class TensorFlowNeural {

  private TensorFlowNeural() {}

  static void addTo(FunctionTable table) {
    table.add(
        "tf.linalg.matmul(a, b, transpose_a=False, transpose_b=False, adjoint_a=False,"
            + " adjoint_b=False, a_is_sparse=False, b_is_sparse=False, output_type=None,"
            + " grad_a=False, grad_b=False)",
        TensorFlowNeural::matmul);
    table.add(
        "tf.linalg.matvec(a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False,"
            + " b_is_sparse=False)",
        TensorFlowNeural::matvec);
    table.add(
        "tf.nn.batch_normalization(x, mean, variance, offset, scale, variance_epsilon)",
        TensorFlowNeural::normalization);
    table.add("tf.nn.bias_add(value, bias, data_format=None)", TensorFlowNeural::bias);
    table.add(
        "tf.nn.crelu(features, axis=-1)",
        call -> {
          Value x = call.tensor("features");
          Value negative = call.unary(UnaryFunction.NEGATE, x);
          return call.unary(
              UnaryFunction.RELU, call.add("both", new Concat(call.axis("axis", x)), x, negative));
        });
    table.add(
        "tf.nn.local_response_normalization(input, depth_radius=5, bias=1, alpha=1, beta=0.5)",
        TensorFlowNeural::localResponse);
    table.add(
        "tf.nn.silu(features, beta=1.0)",
        call -> {
          Value x = call.tensor("features");
          Value scaled = call.binary(MULTIPLY, x, call.as(x.type().dtype(), "beta").get(0));
          return call.binary(MULTIPLY, x, call.unary(UnaryFunction.SIGMOID, scaled));
        });
    table.add(
        "tf.raw_ops.FusedBatchNormV3(x, scale, offset, mean, variance, epsilon=0.0001,"
            + " data_format='NHWC', is_training=True)",
        TensorFlowNeural::fused);
  }

  private static Value turned(FunctionCall call, String name, Value x, String... flags) {
    for (String flag : flags) {
      if (call.flag(flag)) {
        Rules.require(x.type().rank() >= 2, "'" + name + "' must have two axes, is " + x.type());
        List<Integer> perm = new ArrayList<>(IntStream.range(0, x.type().rank()).boxed().toList());
        Collections.swap(perm, perm.size() - 2, perm.size() - 1);
        return call.add("turned", new Transpose(perm), x);
      }
    }
    return x;
  }

  private static Value matmul(FunctionCall call) {
    List<Value> operands = call.promoted("a", "b");
    DataType dtype = operands.get(0).type().dtype();
    Value a = turned(call, "a", floating(call, operands.get(0)), "transpose_a", "adjoint_a");
    Value b = turned(call, "b", floating(call, operands.get(1)), "transpose_b", "adjoint_b");
    Value product = LinearAlgebraFunctions.matmul(call, a, b);
    return call.cast(product, call.dtype("output_type").orElse(dtype));
  }

  /** Whole numbers are multiplied as floating-point ones. */
  private static Value floating(FunctionCall call, Value x) {
    return x.type().dtype().isFloating() ? x : call.cast(x, DataType.FLOAT32);
  }

  private static Value matvec(FunctionCall call) {
    List<Value> operands = call.promoted("a", "b");
    Value a = turned(call, "a", operands.get(0), "transpose_a", "adjoint_a");
    int rank = operands.get(1).type().rank();
    Value column = call.add("column", new Unsqueeze(List.of(rank)), operands.get(1));
    Value product = LinearAlgebraFunctions.matmul(call, a, column);
    return call.add("vector", new Squeeze(List.of(product.type().rank() - 1)), product);
  }

  private static Value bias(FunctionCall call) {
    List<Value> operands = call.promoted("value", "bias");
    Value x = operands.get(0);
    boolean first = TensorFlowWindows.format(call) == DataFormat.CHANNELS_FIRST;
    return call.binary(ADD, x, first ? behindBatch(call, operands.get(1), x) : operands.get(1));
  }

  /** A vector along the axis after the batch. */
  private static Value behindBatch(FunctionCall call, Value vector, Value x) {
    List<Integer> behind = IntStream.range(1, x.type().rank() - 1).boxed().toList();
    return call.add("bias", new Unsqueeze(behind), vector);
  }

  /** Of moments in any shape that broadcasts. */
  private static Value normalization(FunctionCall call) {
    Value x = call.tensor("x");
    DataType dtype = x.type().dtype();
    Value variance = call.as(dtype, "variance").get(0);
    Value above = call.binary(ADD, variance, call.as(dtype, "variance_epsilon").get(0));
    Value factor = call.unary(UnaryFunction.RECIPROCAL, call.unary(UnaryFunction.SQRT, above));
    if (!call.isNone("scale")) {
      factor = call.binary(MULTIPLY, factor, call.as(dtype, "scale").get(0));
    }
    Value centered = call.binary(SUBTRACT, x, call.as(dtype, "mean").get(0));
    Value scaled = call.binary(MULTIPLY, centered, factor);
    return call.isNone("offset")
        ? scaled
        : call.binary(ADD, scaled, call.as(dtype, "offset").get(0));
  }

  private static Value fused(FunctionCall call) {
    if (call.flag("is_training")) {
      throw call.unsupported("'is_training' must be false", "true: it takes moments of the batch");
    }
    Value x = call.tensor("x");
    boolean first = TensorFlowWindows.format(call) == DataFormat.CHANNELS_FIRST;
    List<Value> vectors = new ArrayList<>();
    for (Value vector : call.as(DataType.FLOAT32, "scale", "offset", "mean", "variance")) {
      vectors.add(first ? behindBatch(call, vector, x) : vector);
    }
    Value above = call.binary(ADD, vectors.get(3), call.number("epsilon"));
    Value factor = call.binary(DIVIDE, vectors.get(0), call.unary(UnaryFunction.SQRT, above));
    Value centered = call.binary(SUBTRACT, call.cast(x, DataType.FLOAT32), vectors.get(2));
    Value scaled = call.binary(MULTIPLY, centered, factor);
    return call.cast(call.binary(ADD, scaled, vectors.get(1)), x.type().dtype());
  }

  /** Each element over a power of what its neighbours along the channels weigh. */
  private static Value localResponse(FunctionCall call) {
    Value x = call.tensor("input");
    int radius = call.whole("depth_radius");
    int axis = x.type().rank() - 1;
    long channels = call.knownSize(x, axis);
    List<Long> margin = new ArrayList<>(Collections.nCopies(axis + 1, 0L));
    margin.set(axis, (long) radius);
    Value squares = call.binary(MULTIPLY, x, x);
    Value wide = call.add("wide", new Pad(margin, margin, Pad.Mode.CONSTANT, 0), squares);
    Value sum = call.add("near", Slice.of(axis, 0, channels), wide);
    for (int i = 1; i <= 2 * radius; i++) {
      sum = call.binary(ADD, sum, call.add("near", Slice.of(axis, i, i + channels), wide));
    }
    Value weight =
        call.binary(ADD, call.binary(MULTIPLY, sum, call.number("alpha")), call.number("bias"));
    return call.binary(DIVIDE, x, call.binary(POWER, weight, call.number("beta")));
  }
}
