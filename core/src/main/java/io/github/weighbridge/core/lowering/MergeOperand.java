package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Where;
import org.jspecify.annotations.Nullable;

/**
 * What is merged so far, or next.
 *
 * @param value the numbers
 * @param counts which steps count {@code [batch, time, 1]}; null where all do
 */
record MergeOperand(Value value, @Nullable Value counts) {

  /** Steps that do not count are one. */
  MergeOperand orOne(LoweringContext context) {
    return counts == null ? this : new MergeOperand(chosen(context, value, 1), counts);
  }

  /** Steps that do not count are zero. */
  Value orZero(LoweringContext context) {
    return counts == null ? value : chosen(context, value, 0);
  }

  private Value chosen(LoweringContext context, Value x, double otherwise) {
    return context.add(
        "counting",
        new Where(),
        counts,
        x,
        context.scalar("otherwise", x.type().dtype(), otherwise));
  }

  /** Steps that do not count are those of another. */
  MergeOperand orElse(MergeOperand other, LoweringContext context) {
    return counts == null
        ? this
        : new MergeOperand(
            context.add("counting", new Where(), counts, value, other.value()), counts);
  }

  /** This and another made one; a step counts where it does in either. */
  MergeOperand with(MergeOperand other, BinaryFunction function, LoweringContext context) {
    return new MergeOperand(
        context.binary(function, value, other.value()),
        counts == null || other.counts == null
            ? null
            : context.binary(BinaryFunction.LOGICAL_OR, counts, other.counts));
  }
}
