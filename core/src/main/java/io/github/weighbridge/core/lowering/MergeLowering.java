package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.MaskRule;
import io.github.weighbridge.core.layer.Merge;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One function of two numbers after the other; inputs of lower rank get axes behind the batch. */
final class MergeLowering implements Lowering<Merge> {

  @Override
  public Lowered lower(Merge layer, LoweringContext context) {
    List<Value> inputs = context.inputs();
    int rank = inputs.stream().mapToInt(v -> v.type().rank()).max().orElse(0);
    BinaryFunction function =
        switch (layer.kind()) {
          case ADD, AVERAGE -> BinaryFunction.ADD;
          case SUBTRACT -> BinaryFunction.SUBTRACT;
          case MULTIPLY -> BinaryFunction.MULTIPLY;
          case MAXIMUM -> BinaryFunction.MAXIMUM;
          case MINIMUM -> BinaryFunction.MINIMUM;
        };
    Value result = widen(context, inputs.get(0), rank);
    for (Value input : inputs.subList(1, inputs.size())) {
      result = context.binary(function, result, widen(context, input, rank));
    }
    if (layer.kind() == Merge.Kind.AVERAGE) {
      result = context.binary(BinaryFunction.DIVIDE, result, inputs.size());
    }
    return Lowered.of(result, mergeMasks(context, layer.maskRule()));
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
    if (rule == MaskRule.ANY && masks.contains(null)) {
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
