package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.List;

/**
 * Prepares the execution of an operation for arrays of known types at known places. Stateless and
 * thread-safe; what it prepares belongs to one plan.
 */
public interface Kernel<O extends Operation> {

  /** Whether the output is the first operand's memory under another shape or type. */
  default boolean isView(O op, StepTypes types) {
    return false;
  }

  /**
   * Whether the output may take the memory of an operand of as many bytes that nobody else reads.
   */
  default boolean canOverwrite(O op, StepTypes types, int operand) {
    return false;
  }

  /** Arrays that the step needs while it runs, at {@link StepArrays#scratch}. */
  default List<TensorType> scratch(O op, StepTypes types) {
    return List.of();
  }

  /** The work on these arrays. */
  Task prepare(O op, StepArrays arrays);
}
