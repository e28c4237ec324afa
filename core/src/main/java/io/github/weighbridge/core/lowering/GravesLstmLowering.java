package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.GravesLstm;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Scan} over the steps. The product of the features needs no state, so it is taken of all
 * steps at once before; in the loop stand the product of the state and the gates.
 */
final class GravesLstmLowering implements Lowering<GravesLstm> {

  @Override
  public Lowered lower(GravesLstm layer, LoweringContext context) {
    List<Value> states = context.initialStates();
    Value given = context.mask();
    StepMask mask = given == null ? null : StepMask.of(layer, given, context);
    Value x = context.inputs().get(0);
    if (layer.goBackwards()) {
      x = context.add("reversed", Slice.reversed(1), x);
    }
    Value product = context.add("input_product", new MatMul(), x, context.weight("kernel"));
    Value gates = context.binary(BinaryFunction.ADD, product, context.weight("bias"));
    List<Value> results = scan(layer, gates, states, mask, context);
    Value output = results.get(layer.returnSequences() ? 2 : 0);
    if (mask != null) {
      output = layer.returnSequences() ? mask.sequence(output) : mask.last(output);
    }
    return RecurrentLowering.returned(layer, output, results.subList(0, 2), context);
  }

  /** The last h and c, then each step's h if they are asked for. */
  private static List<Value> scan(
      GravesLstm layer,
      Value gates,
      List<Value> states,
      @Nullable StepMask mask,
      LoweringContext context) {
    if (!states.isEmpty() && states.size() != 2) {
      throw new IllegalArgumentException("there are 2 states, got " + states.size());
    }
    Value zeros = states.isEmpty() ? zeros(layer, gates, context) : null;
    ScanBody body = new ScanBody(context);
    Value h = body.state("h", zeros == null ? states.get(0) : zeros);
    Value c = body.state("c", zeros == null ? states.get(1) : zeros);
    Value x = body.stepOf("x", gates);
    Value counts = mask == null ? null : body.stepOf("counts", mask.counts());
    Value kernel = body.seen("recurrent_kernel", context.weight("recurrent_kernel"));
    Value peepholes = body.seen("peephole_kernel", context.weight("peephole_kernel"));
    List<Value> next = new ArrayList<>();
    for (Value state : step(layer, h, c, x, kernel, peepholes, body.context())) {
      Value before = next.isEmpty() ? h : c;
      next.add(counts == null ? state : StepMask.select(body.context(), counts, state, before));
    }
    if (layer.returnSequences()) {
      next.add(next.get(0));
    }
    return body.run(next);
  }

  /** The next h and c. */
  private static List<Value> step(
      GravesLstm layer,
      Value h,
      Value c,
      Value x,
      Value kernel,
      Value peepholes,
      LoweringContext step) {
    Value sums = step.binary(BinaryFunction.ADD, x, step.add("product", new MatMul(), h, kernel));
    Activation gate = layer.recurrentActivation();
    Value input = apply(step, gate, seeing(step, part(layer, sums, 0, step), c, peepholes, 0));
    Value forget = apply(step, gate, seeing(step, part(layer, sums, 1, step), c, peepholes, 1));
    Value candidate = apply(step, layer.activation(), part(layer, sums, 2, step));
    Value nextC =
        step.binary(
            BinaryFunction.ADD,
            step.binary(BinaryFunction.MULTIPLY, forget, c),
            step.binary(BinaryFunction.MULTIPLY, input, candidate));
    Value output = apply(step, gate, seeing(step, part(layer, sums, 3, step), nextC, peepholes, 2));
    Value shown = apply(step, layer.activation(), nextC);
    return List.of(step.binary(BinaryFunction.MULTIPLY, output, shown), nextC);
  }

  private static Value part(GravesLstm layer, Value sums, int gate, LoweringContext step) {
    long from = (long) gate * layer.units();
    return step.add("gate", Slice.of(1, from, from + layer.units()), sums);
  }

  /** What goes into a gate with what it sees of the cell state. */
  private static Value seeing(
      LoweringContext step, Value sum, Value state, Value peepholes, int gate) {
    Value weights = step.add("peephole", Slice.of(0, gate, gate + 1), peepholes);
    return step.binary(
        BinaryFunction.ADD, sum, step.binary(BinaryFunction.MULTIPLY, state, weights));
  }

  private static Value apply(LoweringContext step, Activation activation, Value x) {
    return Activations.apply(step, activation, x);
  }

  private static Value zeros(GravesLstm layer, Value gates, LoweringContext context) {
    List<DimSource> dims =
        List.of(
            DimSource.of(gates.type().shape().dim(0), 1, 0), new DimSource.Fixed(layer.units()));
    Value zero = context.scalar("zero", context.computeType(), 0);
    return context.add("zeros", new Expand(dims), zero, gates);
  }
}
