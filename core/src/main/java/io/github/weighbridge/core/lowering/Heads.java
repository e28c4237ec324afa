package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What layers of several heads have in common: the way into the heads and out of them, which values
 * a query may take, and in which proportions.
 *
 * <p>Products and Softmax suffice: they are what ND4J computes fastest, ONNX Runtime fuses them by
 * itself, and the ready-made attention of either has other rules for queries without any value.
 */
final class Heads {

  /** What Keras 3's backend puts in place of masked scores. */
  private static final double LOWEST = -0.7 * 3.38953e38;

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private final LoweringContext context;
  private final boolean takesMasks;
  private final Value query;
  private final Value value;
  private final Value key;

  /**
   * The inputs of a call, which are a query, a value and possibly a key.
   *
   * @param takesMasks whether masks count that come along with them
   */
  Heads(LoweringContext context, boolean takesMasks) {
    this.context = context;
    this.takesMasks = takesMasks;
    this.query = context.input();
    this.value = context.values("value", 1).get(0);
    List<Value> keys = context.values("key", 2);
    this.key = keys.isEmpty() ? value : keys.get(0);
  }

  Value query() {
    return into("query", query);
  }

  Value key() {
    return into("key", key);
  }

  Value value() {
    return into("value", value);
  }

  /** {@code x [..., features]} in heads: {@code [..., heads, features]}. */
  private Value into(String name, Value x) {
    return projected(name, x, 1, 2);
  }

  /** What the heads give {@code [..., heads, features]}, joined. */
  Value joined(Value heads, boolean useGate) {
    Value gated = heads;
    if (useGate) {
      Value gate = context.unary(UnaryFunction.SIGMOID, into("gate", query));
      gated = context.binary(BinaryFunction.MULTIPLY, heads, gate);
    }
    return projected("output", gated, 2, context.weightSizes("output_kernel").length - 2);
  }

  private Value projected(String name, Value x, int summed, int made) {
    int free = x.type().rank() - summed;
    String kernel = LETTERS.substring(free, free + summed + made);
    EinsumEquation equation =
        new EinsumEquation(
            List.of(LETTERS.substring(0, free + summed), kernel),
            LETTERS.substring(0, free) + kernel.substring(summed));
    Value numbers = context.cast(x, context.computeType());
    Value y = context.einsum(equation, numbers, context.weight(name + "_kernel"));
    return context.hasWeight(name + "_bias")
        ? context.binary(BinaryFunction.ADD, y, context.weight(name + "_bias"))
        : y;
  }

  /**
   * Which values each query may take; null for all.
   *
   * @param queryMask which queries there are
   */
  @Nullable Value mask(@Nullable Value queryMask, @Nullable Integer slidingWindow) {
    Value mask = steps(maskOf("value_mask", 4, "value", 1), 1);
    mask = AttentionMask.both(context, mask, steps(maskOf("key_mask", 5, "key", 2), 1));
    if (context.isTrue("use_causal_mask")) {
      mask = AttentionMask.both(context, mask, AttentionMask.causal(context, query, 1, value, 1));
    }
    if (slidingWindow != null) {
      mask =
          AttentionMask.both(
              context, mask, AttentionMask.window(context, query, 1, value, 1, slidingWindow));
    }
    mask = AttentionMask.both(context, steps(queryMask, 2), mask);
    List<Value> given = context.values("attention_mask", 6);
    return AttentionMask.both(context, given.isEmpty() ? null : given.get(0), mask);
  }

  /** The mask that is given for an argument, or else that which came along with it. */
  @Nullable Value maskOf(String given, int givenPosition, String argument, int position) {
    List<Value> masks = context.values(given, givenPosition);
    if (masks.isEmpty()) {
      return takesMasks ? context.maskOf(argument, position) : null;
    }
    return masks.get(0);
  }

  private @Nullable Value steps(@Nullable Value mask, int axis) {
    return mask == null ? null : context.add("steps", new Unsqueeze(List.of(axis)), mask);
  }

  /** A mask with axes of size 1 for those of the scores that it lacks, before the last ones. */
  @Nullable Value spread(@Nullable Value mask, Value scores, int attentionRank) {
    if (mask == null || mask.type().rank() == scores.type().rank()) {
      return mask;
    }
    int from = mask.type().rank() - 2 * attentionRank;
    if (from < 0 || mask.type().rank() > scores.type().rank()) {
      throw new IllegalArgumentException(
          "a mask of shape "
              + mask.type().shape()
              + " does not fit scores of shape "
              + scores.type().shape());
    }
    List<Integer> axes =
        IntStream.range(from, scores.type().rank() - 2 * attentionRank).boxed().toList();
    return context.add("spread", new Unsqueeze(axes), mask);
  }

  /**
   * The proportions as Keras 3's backend has them where it is not asked for them: in 32 bits or
   * more, and a mean of all values for queries that may take none.
   */
  Value proportions(Value scores, double scale, @Nullable Value mask) {
    DataType dtype = scores.type().dtype();
    DataType wide = dtype == DataType.FLOAT64 ? dtype : DataType.FLOAT32;
    Value x = context.binary(BinaryFunction.MULTIPLY, context.cast(scores, wide), scale);
    if (mask != null) {
      Value low = context.scalar("floor", wide, LOWEST);
      x = context.add("masked", new Where(), context.cast(mask, DataType.BOOL), x, low);
    }
    return context.cast(context.add("softmax", new Softmax(x.type().rank() - 1, false), x), dtype);
  }
}
