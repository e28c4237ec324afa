package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keras's Bidirectional: a recurrent layer over the steps in both directions. Inner layers: {@code
 * forward_layer}, {@code backward_layer} (whose configuration has {@code go_backwards}). The
 * outputs of the backward layer are turned round to the order of the input.
 *
 * @param mergeMode what becomes of the two outputs; null returns both
 * @param zeroesMasked whether masked steps of both directions are zero where sequences are
 *     returned, whatever the inner layers say; Keras of several backends (up to 2.3) left that to
 *     them
 * @param maskedWithState as {@link RecurrentLayer#maskedWithState}
 */
public record Bidirectional(
    @Nullable MergeMode mergeMode, boolean zeroesMasked, boolean maskedWithState) implements Layer {

  /** The name of the inner layer that runs with time. */
  public static final String FORWARD = "forward_layer";

  /** The name of the inner layer that runs against time. */
  public static final String BACKWARD = "backward_layer";

  /** What becomes of the two outputs. */
  public enum MergeMode {
    CONCAT,
    SUM,
    MUL,
    AVE
  }

  @Override
  public Map<String, List<TensorType>> childInputs(CallTypes call) {
    return Map.of(FORWARD, sequence(call), BACKWARD, sequence(call));
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    List<TensorType> forward = call.childOutputs(FORWARD, sequence(call));
    List<TensorType> backward = call.childOutputs(BACKWARD, sequence(call));
    List<TensorType> types = new ArrayList<>();
    TensorType first = forward.get(0);
    if (mergeMode == null) {
      types.add(first);
      types.add(backward.get(0));
    } else if (mergeMode == MergeMode.CONCAT) {
      Shape shape = first.shape();
      Dim both = shape.dim(-1).plus(backward.get(0).shape().dim(-1));
      types.add(first.withShape(shape.withDim(-1, both)));
    } else {
      types.add(first);
    }
    types.addAll(forward.subList(1, forward.size()));
    types.addAll(backward.subList(1, backward.size()));
    return types;
  }

  /** The first input; further ones are states, which the inner layers get as such. */
  private static List<TensorType> sequence(CallTypes call) {
    return call.inputs().subList(0, Math.min(1, call.inputs().size()));
  }
}
