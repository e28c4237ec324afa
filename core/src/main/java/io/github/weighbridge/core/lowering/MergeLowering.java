package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.MaskRule;
import io.github.weighbridge.core.layer.Merge;
import io.github.weighbridge.core.layer.TypePromotion;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One function of two numbers after the other; inputs of lower rank get axes behind the batch. */
final class MergeLowering implements Lowering<Merge> {

  @Override
  public Lowered lower(Merge layer, LoweringContext context) {
    List<Value> inputs = context.inputs();
    List<TensorType> types = inputs.stream().map(Value::type).toList();
    int rank = types.stream().mapToInt(TensorType::rank).max().orElse(0);
    DataType dtype = TypePromotion.of(types);
    BinaryFunction function =
        switch (layer.kind()) {
          case ADD, AVERAGE -> BinaryFunction.ADD;
          case SUBTRACT -> BinaryFunction.SUBTRACT;
          case MULTIPLY -> BinaryFunction.MULTIPLY;
          case MAXIMUM -> BinaryFunction.MAXIMUM;
          case MINIMUM -> BinaryFunction.MINIMUM;
        };
    List<MergeOperand> operands = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      operands.add(operand(layer, context, i, rank, dtype));
    }
    MergeOperand first = operands.get(0);
    if (layer.kind() == Merge.Kind.MULTIPLY) {
      first = first.orOne(context);
    }
    for (MergeOperand operand : operands.subList(1, operands.size())) {
      if (layer.kind() == Merge.Kind.MULTIPLY) {
        first = first.with(operand.orOne(context), function, context);
      } else {
        MergeOperand next = operand.orElse(first, context);
        first = first.orElse(next, context).with(next, function, context);
      }
    }
    Value result = layer.kind() == Merge.Kind.MULTIPLY ? first.orZero(context) : first.value();
    if (layer.kind() == Merge.Kind.AVERAGE) {
      Value sum = context.cast(result, layer.dtype(types));
      result = context.binary(BinaryFunction.DIVIDE, sum, inputs.size());
    }
    return Lowered.of(result, mergeMasks(context, layer.maskRule()));
  }

  /** An input with the steps that count in it, where masked ones are left out. */
  private static MergeOperand operand(
      Merge layer, LoweringContext context, int i, int rank, DataType dtype) {
    Value x = context.cast(context.inputs().get(i), dtype);
    boolean counts = layer.leavesMaskedStepsOut();
    Value mask = counts && x.type().rank() == rank ? context.masks().get(i) : null;
    Value column =
        mask == null
            ? null
            : context.add("steps", new Unsqueeze(List.of(mask.type().rank())), mask);
    return new MergeOperand(widen(context, x, rank), column);
  }

  private static Value widen(LoweringContext context, Value value, int rank) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < rank - value.type().rank(); i++) {
      axes.add(Math.min(1, value.type().rank()) + i);
    }
    return axes.isEmpty() ? value : context.add("widen", new Unsqueeze(axes), value);
  }

  /** One mask of those of the inputs. */
  static @Nullable Value mergeMasks(LoweringContext context, MaskRule rule) {
    List<@Nullable Value> masks = context.masks();
    if (rule == MaskRule.NONE || (rule == MaskRule.ANY && masks.contains(null))) {
      return null;
    }
    BinaryFunction function =
        rule == MaskRule.ANY ? BinaryFunction.LOGICAL_OR : BinaryFunction.LOGICAL_AND;
    return masks.stream()
        .filter(Objects::nonNull)
        .<Value>map(Objects::requireNonNull)
        .distinct()
        .reduce((a, b) -> context.binary(function, a, b))
        .orElse(null);
  }
}
