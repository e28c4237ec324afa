package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.runtime.nd4j.NativeArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a step.
 *
 * @param name of the step, for messages
 * @param inputs the operands, null where an optional one is left out
 * @param outputs the results
 * @param scratch the work space that the kernel asked for
 * @param bodies plans a graph within the step
 */
public record StepArrays(
    String name,
    List<@Nullable NativeArray> inputs,
    List<NativeArray> outputs,
    List<NativeArray> scratch,
    BodyPlanner bodies) {

  /** Copies the lists. */
  public StepArrays {
    inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
    outputs = List.copyOf(outputs);
    scratch = List.copyOf(scratch);
  }

  NativeArray input(int index) {
    return Objects.requireNonNull(inputs.get(index));
  }

  @Nullable NativeArray inputOrNull(int index) {
    return index < inputs.size() ? inputs.get(index) : null;
  }

  NativeArray output() {
    return outputs.get(0);
  }

  NativeArray output(int index) {
    return outputs.get(index);
  }

  NativeArray scratch(int index) {
    return scratch.get(index);
  }
}
