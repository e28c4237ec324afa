package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Concatenate;
import io.github.weighbridge.core.layer.MaskRule;
import io.github.weighbridge.core.layer.TypePromotion;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code Concat}; masks are joined along time, and made one along features. */
final class ConcatenateLowering implements Lowering<Concatenate> {

  @Override
  public Lowered lower(Concatenate layer, LoweringContext context) {
    List<Value> given = context.inputs();
    DataType dtype = TypePromotion.of(given.stream().map(Value::type).toList());
    List<Value> inputs = given.stream().map(x -> context.cast(x, dtype)).toList();
    int rank = inputs.get(0).type().rank();
    int axis = layer.axis() < 0 ? layer.axis() + rank : layer.axis();
    Value joined =
        inputs.size() == 1
            ? inputs.get(0)
            : context.add("concat", new Concat(axis), inputs.toArray(Value[]::new));
    return Lowered.of(joined, mask(layer, context, inputs, axis));
  }

  private static @Nullable Value mask(
      Concatenate layer, LoweringContext context, List<Value> inputs, int axis) {
    List<@Nullable Value> masks = context.masks();
    if (layer.maskRule() == MaskRule.NONE || masks.stream().allMatch(Objects::isNull)) {
      return null;
    }
    if (axis != 1 || inputs.get(0).type().rank() == 2) {
      return MergeLowering.mergeMasks(context, layer.maskRule());
    }
    Value[] parts = new Value[inputs.size()];
    for (int i = 0; i < parts.length; i++) {
      Value mask = masks.get(i);
      parts[i] = mask != null ? mask : everyStep(context, inputs.get(i));
    }
    return context.add("masks", new Concat(1), parts);
  }

  /** A mask in which every step of a sequence counts: {@code not (x < x)}, also of no numbers. */
  private static Value everyStep(LoweringContext context, Value sequence) {
    List<Integer> features = new java.util.ArrayList<>();
    for (int i = 2; i < sequence.type().rank(); i++) {
      features.add(i);
    }
    Value less = context.binary(BinaryFunction.LESS, sequence, sequence);
    Value counts = context.unary(UnaryFunction.LOGICAL_NOT, less);
    return context.add("every", new Reduce(Reduce.Function.ANY, features, false), counts);
  }
}
