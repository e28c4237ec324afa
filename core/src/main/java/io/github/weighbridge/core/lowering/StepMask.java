package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.ConvLstm;
import io.github.weighbridge.core.layer.StepLoop;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The mask of a loop over steps, {@code [batch, time]}. A masked step leaves the states as they
 * are, and returns the output of the step before (zero before the first), or zero.
 */
final class StepMask {

  private final LoweringContext context;
  private final boolean zeroed;
  private final boolean forgotten;
  private final Value given;
  private final Value counts;
  private final Value ones;
  private @Nullable Value taken;

  private StepMask(
      LoweringContext context, boolean zeroed, boolean forgotten, Value given, Value counts) {
    this.context = context;
    this.zeroed = zeroed;
    this.forgotten = forgotten;
    this.given = given;
    this.counts = counts;
    this.ones = context.add("ones", new Cast(DataType.INT32), counts);
  }

  /** The mask of a layer, which steps are taken in its order. */
  static StepMask of(StepLoop layer, Value mask, LoweringContext context) {
    boolean zeroed = isZeroed(layer, context);
    Value counts =
        layer.goBackwards() ? context.add("reversed_mask", Slice.reversed(1), mask) : mask;
    // Unrolled, Keras (2.15 and 3.15) forgets to turn the mask round when it zeroes.
    boolean forgotten = zeroed && layer.unroll() && layer.goBackwards();
    return new StepMask(context, zeroed, forgotten, mask, counts);
  }

  /** Whether a masked step returns zero; Bidirectional decides that for its inner layers. */
  private static boolean isZeroed(StepLoop layer, LoweringContext context) {
    if (layer instanceof ConvLstm conv && !conv.zeroesMasked()) {
      return false;
    }
    return context.isZeroedFromOutside() ? layer.returnSequences() : layer.zeroOutputForMask();
  }

  /** Which steps count, in the order in which they are taken. */
  Value counts() {
    return counts;
  }

  /** 1 where a step counts, 0 where not. */
  Value ones() {
    return ones;
  }

  /** How many steps of each row count. */
  Value length() {
    return context.add("length", new Reduce(Reduce.Function.SUM, List.of(1), false), ones);
  }

  /**
   * For each step the place of the last one that counts among those that do, 0 before the first.
   */
  Value lastCounting() {
    Value one = context.scalar("one", DataType.INT32, 1);
    return context.binary(
        BinaryFunction.MAXIMUM, context.binary(BinaryFunction.SUBTRACT, taken(), one), 0);
  }

  /** How many steps count up to each. */
  private Value taken() {
    Value known = taken;
    if (known == null) {
      known = context.add("taken", new CumSum(1), ones);
      taken = known;
    }
    return known;
  }

  /** The outputs of all steps, given those that masked ones repeat. */
  Value sequence(Value repeated) {
    Value shown = zeroed ? counts : context.binary(BinaryFunction.GREATER, taken(), 0);
    if (forgotten) {
      Value begun = context.binary(BinaryFunction.GREATER, taken(), 0);
      shown = context.binary(BinaryFunction.LOGICAL_AND, begun, given);
    }
    return orZero("sequence", shown, repeated);
  }

  /** The last output: the last state, or zero where the step that was taken last is masked. */
  Value last(Value state) {
    return zeroed
        ? orZero("output", context.add("last", Slice.of(1, -1, Slice.TO_END), counts), state)
        : state;
  }

  private Value orZero(String what, Value shown, Value x) {
    Value zero = context.scalar("zero", x.type().dtype(), 0);
    return context.add(what, new Where(), likeAxesOf(context, x, shown), x, zero);
  }

  /** What a step makes where it counts, what was before where not. */
  static Value select(LoweringContext step, Value counts, Value made, Value before) {
    return step.add("kept", new Where(), likeAxesOf(step, made, counts), made, before);
  }

  /** A mask with axes of size 1 behind its own, as many as the array has. */
  private static Value likeAxesOf(LoweringContext context, Value x, Value mask) {
    List<Integer> axes = IntStream.range(mask.type().rank(), x.type().rank()).boxed().toList();
    return axes.isEmpty() ? mask : context.add("shown", new Unsqueeze(axes), mask);
  }
}
