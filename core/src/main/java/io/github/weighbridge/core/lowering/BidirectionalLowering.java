package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.StepLoop;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Both inner layers on the same sequence; what the backward one returns is turned round. */
final class BidirectionalLowering implements Lowering<Bidirectional> {

  @Override
  public Lowered lower(Bidirectional layer, LoweringContext context) {
    if (!(context.child(Bidirectional.FORWARD) instanceof StepLoop inner)) {
      throw context.unsupported(
          "the inner layer must be one that runs over steps",
          context.child(Bidirectional.FORWARD).getClass().getSimpleName());
    }
    Value x = context.inputs().get(0);
    List<Value> states = context.initialStates();
    List<Value> first = states.subList(0, states.size() / 2);
    List<Value> second = states.subList(states.size() / 2, states.size());
    List<@Nullable Value> masks =
        Collections.singletonList(
            context.countingMask(states.isEmpty() || layer.maskedWithState()));
    Lowered forward = context.lowerChild(Bidirectional.FORWARD, List.of(x), masks, first);
    Lowered backward = context.lowerChild(Bidirectional.BACKWARD, List.of(x), masks, second);
    Value y = forward.output();
    Value z = backward.output();
    if (inner.returnSequences()) {
      z = context.add("turned", Slice.reversed(inner.timeMajor() ? 0 : 1), z);
    }
    List<Value> outputs = new ArrayList<>(merge(layer, context, y, z));
    Value mask = inner.returnSequences() ? context.mask() : null;
    List<@Nullable Value> outputMasks = new ArrayList<>(Collections.nCopies(outputs.size(), mask));
    for (Lowered direction : List.of(forward, backward)) {
      for (Value state : direction.outputs().subList(1, direction.outputs().size())) {
        outputs.add(state);
        outputMasks.add(null);
      }
    }
    return new Lowered(outputs, outputMasks);
  }

  private static List<Value> merge(Bidirectional layer, LoweringContext context, Value y, Value z) {
    if (layer.mergeMode() == null) {
      return List.of(y, z);
    }
    return List.of(
        switch (layer.mergeMode()) {
          case CONCAT -> context.add("concat", new Concat(y.type().rank() - 1), y, z);
          case SUM -> context.binary(BinaryFunction.ADD, y, z);
          case MUL -> context.binary(BinaryFunction.MULTIPLY, y, z);
          case AVE ->
              context.binary(BinaryFunction.DIVIDE, context.binary(BinaryFunction.ADD, y, z), 2);
        });
  }
}
