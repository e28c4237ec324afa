package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Window;
import java.util.List;

/** How alike sequences are. */
final class CorrelationFunctions {

  private CorrelationFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Corrcoef(x)", CorrelationFunctions::coefficients);
    table.add("Correlate(x1, x2, mode='valid')", CorrelationFunctions::correlate);
  }

  /** Of the rows of a matrix: the covariances divided by both deviations, from -1 to 1. */
  private static Value coefficients(FunctionCall call) {
    Value x = call.floating("x");
    if (x.type().rank() != 2) {
      throw call.unsupported("'x' must be a matrix", x.type().toString());
    }
    Reduce mean = new Reduce(Reduce.Function.MEAN, List.of(1), true);
    Value centred = call.binary(SUBTRACT, x, call.add("mean", mean, x));
    Value turned = call.add("turned", new Transpose(List.of(1, 0)), centred);
    Value count = Shapes.size(call, x, 1, x.type().dtype());
    Value degrees = call.binary(SUBTRACT, count, 1);
    Value covariance =
        call.binary(DIVIDE, call.add("products", new MatMul(), centred, turned), degrees);
    Reduce sum = new Reduce(Reduce.Function.SUM, List.of(1), true);
    Value squares = call.add("squares", sum, call.binary(MULTIPLY, centred, centred));
    Value deviation = call.unary(UnaryFunction.SQRT, call.binary(DIVIDE, squares, degrees));
    Value deviations =
        call.binary(
            MULTIPLY, deviation, call.add("turned", new Transpose(List.of(1, 0)), deviation));
    Value ratio = call.binary(DIVIDE, covariance, deviations);
    return call.add("limited", new Unary(UnaryFunction.CLIP, -1, 1), ratio);
  }

  /** The sums of products at every place of the second vector along the first one. */
  private static Value correlate(FunctionCall call) {
    List<Value> operands = call.wide("x1", "x2");
    Value x = operands.get(0);
    Value kernel = operands.get(1);
    Rules.require(
        x.type().rank() == 1 && kernel.type().rank() == 1,
        "vectors are needed, got " + x.type() + " and " + kernel.type());
    String mode = call.text("mode");
    Rules.require(
        List.of("full", "same", "valid").contains(mode),
        "'mode' must be full, same or valid, is " + mode);
    int size = Math.toIntExact(call.knownSize(kernel, 0));
    int margin = mode.equals("valid") ? 0 : size - 1;
    Padding padding = Padding.of(List.of(margin), List.of(margin));
    Window window = Window.of(List.of(size), List.of(1), padding);
    Value sums =
        call.add(
            "correlate",
            new Conv(window, 1, 2),
            call.add("line", new Unsqueeze(List.of(0, 2)), x),
            call.add("kernel", new Unsqueeze(List.of(1, 2)), kernel));
    Value result = call.add("sums", new Squeeze(List.of(0, 2)), sums);
    return mode.equals("same") ? middle(call, result, x, size) : result;
  }

  private static Value middle(FunctionCall call, Value sums, Value x, int size) {
    long own = call.knownSize(x, 0);
    long count = Math.max(own, size);
    long start = (own + size - 1 - count) / 2;
    return call.add("middle", Slice.of(0, start, start + count), sums);
  }
}
