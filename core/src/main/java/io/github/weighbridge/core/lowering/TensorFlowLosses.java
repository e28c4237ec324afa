package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import java.util.List;

/** TensorFlow's losses, without reduction over examples. */
final class TensorFlowLosses {

  /** What tf.keras keeps probabilities away from 0 and 1 by. */
  private static final double EPSILON = 1e-7;

  private TensorFlowLosses() {}

  static void addTo(FunctionTable table) {
    table.add(
        "tf.keras.backend.binary_crossentropy(target, output, from_logits=False)",
        TensorFlowLosses::binary);
    table.add(
        "tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)",
        call -> ofLogits(call, call.promoted("labels", "logits")));
    table.add(
        "tf.nn.softmax_cross_entropy_with_logits(labels, logits, axis=-1)",
        TensorFlowLosses::softmax);
  }

  private static Value binary(FunctionCall call) {
    List<Value> operands = call.promoted("target", "output");
    if (call.flag("from_logits")) {
      return ofLogits(call, operands);
    }
    Value target = operands.get(0);
    Value limited =
        call.add("limited", new Unary(UnaryFunction.CLIP, EPSILON, 1 - EPSILON), operands.get(1));
    Value hit = call.binary(MULTIPLY, target, logarithm(call, limited));
    Value missed =
        call.binary(MULTIPLY, complement(call, target), logarithm(call, complement(call, limited)));
    return call.unary(UnaryFunction.NEGATE, call.binary(ADD, hit, missed));
  }

  private static Value complement(FunctionCall call, Value x) {
    return call.binary(SUBTRACT, call.scalar("one", x.type().dtype(), 1), x);
  }

  private static Value logarithm(FunctionCall call, Value x) {
    return call.unary(UnaryFunction.LOG, call.binary(ADD, x, EPSILON));
  }

  /** {@code softplus(x) - x z} of logits x and labels z. */
  private static Value ofLogits(FunctionCall call, List<Value> operands) {
    Value logits = operands.get(1);
    Value both = call.binary(MULTIPLY, logits, operands.get(0));
    return call.binary(SUBTRACT, call.unary(UnaryFunction.SOFTPLUS, logits), both);
  }

  private static Value softmax(FunctionCall call) {
    List<Value> operands = call.promoted("labels", "logits");
    Value logits = operands.get(1);
    List<Integer> axes = call.axes("axis", logits);
    Value logarithms = Softmaxes.softmax(call, logits, axes, true);
    Value weighted = call.binary(MULTIPLY, operands.get(0), logarithms);
    Value sum = call.add("sum", new Reduce(Reduce.Function.SUM, axes, false), weighted);
    return call.unary(UnaryFunction.NEGATE, sum);
  }
}
