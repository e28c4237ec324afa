package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import java.util.List;
import java.util.stream.IntStream;

/** How far predictions are from targets. */
final class LossFunctions {

  private LossFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "BinaryCrossentropy(target, output, from_logits=False)",
        call -> call.flag("from_logits") ? ofLogits(call) : ofProbabilities(call));
    table.add(
        "CategoricalCrossentropy(target, output, from_logits=False, axis=-1)",
        LossFunctions::categorical);
    table.add("PSNR(x1, x2, max_val)", LossFunctions::peakSignalToNoise);
    table.add(
        "SparseCategoricalCrossentropy(target, output, from_logits=False, axis=-1)",
        LossFunctions::sparseCategorical);
  }

  /** Probabilities away from 0 and 1. */
  private static Value probabilities(FunctionCall call, Value x) {
    Unary limits = new Unary(UnaryFunction.CLIP, FloatingPoint.EPSILON, 1 - FloatingPoint.EPSILON);
    return call.add("clip", limits, x);
  }

  private static Value negated(FunctionCall call, Value x) {
    return call.unary(UnaryFunction.NEGATE, x);
  }

  /** {@code -(t log p + (1 - t) log(1 - p))}. */
  private static Value ofProbabilities(FunctionCall call) {
    List<Value> operands = call.floating("target", "output");
    Value target = operands.get(0);
    Value output = probabilities(call, operands.get(1));
    Value one = call.scalar("one", output.type().dtype(), 1);
    Value yes = call.binary(BinaryFunction.MULTIPLY, target, call.unary(UnaryFunction.LOG, output));
    Value rest = call.binary(BinaryFunction.SUBTRACT, one, output);
    Value no =
        call.binary(
            BinaryFunction.MULTIPLY,
            call.binary(BinaryFunction.SUBTRACT, one, target),
            call.unary(UnaryFunction.LOG, rest));
    return negated(call, call.binary(BinaryFunction.ADD, yes, no));
  }

  /** {@code softplus(x) - t x}. */
  private static Value ofLogits(FunctionCall call) {
    List<Value> operands = call.floating("target", "output");
    Value logits = operands.get(1);
    return call.binary(
        BinaryFunction.SUBTRACT,
        call.unary(UnaryFunction.SOFTPLUS, logits),
        call.binary(BinaryFunction.MULTIPLY, operands.get(0), logits));
  }

  private static Value categorical(FunctionCall call) {
    List<Value> operands = call.floating("target", "output");
    Value output = operands.get(1);
    List<Integer> axes = List.of(call.axis("axis", output));
    Value logarithm =
        call.flag("from_logits")
            ? Softmaxes.softmax(call, output, axes, true)
            : call.unary(UnaryFunction.LOG, probabilities(call, shares(call, output, axes)));
    Value product = call.binary(BinaryFunction.MULTIPLY, operands.get(0), logarithm);
    Reduce sum = new Reduce(Reduce.Function.SUM, axes, false);
    return negated(call, call.add("sum", sum, product));
  }

  private static Value shares(FunctionCall call, Value x, List<Integer> axes) {
    Value sum = call.add("total", new Reduce(Reduce.Function.SUM, axes, true), x);
    return call.binary(BinaryFunction.DIVIDE, x, sum);
  }

  /** Probabilities are not brought to a sum of 1 but by the softmax of their logarithms. */
  private static Value sparseCategorical(FunctionCall call) {
    Value output = call.floating("output");
    int last = output.type().rank() - 1;
    Rules.require(call.axis("axis", output) == last, "'axis' must be the last one");
    Value logits =
        call.flag("from_logits")
            ? output
            : call.unary(UnaryFunction.LOG, probabilities(call, output));
    Value logarithm = Softmaxes.softmax(call, logits, List.of(last), true);
    Value target = call.as(DataType.INT64, "target").get(0);
    boolean column =
        target.type().rank() == last + 1 && target.type().shape().dim(last).equals(Dim.of(1));
    Value places = column ? target : call.add("places", new Unsqueeze(List.of(last)), target);
    Value own = call.add("own", new GatherElements(last), logarithm, places);
    return negated(call, call.add("loss", new Squeeze(List.of(last)), own));
  }

  /** {@code 20 log10(max) - 10 log10(mean((x - y)^2))}. */
  private static Value peakSignalToNoise(FunctionCall call) {
    List<Value> operands = call.floating("x1", "x2");
    Value difference = call.binary(BinaryFunction.SUBTRACT, operands.get(0), operands.get(1));
    Value square = call.binary(BinaryFunction.MULTIPLY, difference, difference);
    List<Integer> all = IntStream.range(0, square.type().rank()).boxed().toList();
    Value mean = call.add("mean", new Reduce(Reduce.Function.MEAN, all, false), square);
    Value decibels =
        call.binary(
            BinaryFunction.MULTIPLY, call.unary(UnaryFunction.LOG, mean), 10 / Math.log(10));
    Value peak = call.scalar("peak", mean.type().dtype(), 20 * Math.log10(call.number("max_val")));
    return call.binary(BinaryFunction.SUBTRACT, peak, decibels);
  }
}
