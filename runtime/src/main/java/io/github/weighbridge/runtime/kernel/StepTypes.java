package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The types of a step's arrays as they are stored; every size is known.
 *
 * @param inputs of the operands, null where an optional one is left out
 * @param outputs of the results
 */
public record StepTypes(List<@Nullable TensorType> inputs, List<TensorType> outputs) {

  /** Copies both lists. */
  public StepTypes {
    inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
    outputs = List.copyOf(outputs);
  }

  TensorType input(int index) {
    return Objects.requireNonNull(inputs.get(index));
  }

  /** The sizes of an operand. */
  long[] sizes(int index) {
    return input(index).shape().sizes();
  }

  boolean has(int index) {
    return index < inputs.size() && inputs.get(index) != null;
  }

  TensorType output() {
    return outputs.get(0);
  }

  /** Whether the first operand, and so the computation, is of float32 numbers. */
  boolean isFloat32() {
    return input(0).dtype() == DataType.FLOAT32;
  }
}
