package io.github.weighbridge.core.graph;

import io.github.weighbridge.core.op.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One operation on values.
 *
 * @param name unique within the graph; {@code layer/what}
 * @param op what is computed
 * @param operands its inputs by position; null where an optional one is left out
 * @param outputs what it makes
 */
public record Step(String name, Operation op, List<@Nullable Value> operands, List<Value> outputs)
    implements Node {

  /** Copies both lists. */
  public Step {
    operands = Collections.unmodifiableList(new ArrayList<>(operands));
    outputs = List.copyOf(outputs);
  }

  @Override
  public List<Value> inputs() {
    return operands.stream().filter(Objects::nonNull).<Value>map(Objects::requireNonNull).toList();
  }

  /** The operand at a position that is not left out. */
  public Value operand(int index) {
    return Objects.requireNonNull(operands.get(index), () -> name + " has no operand " + index);
  }

  /** The operand at a position, null where it is left out. */
  public @Nullable Value operandOrNull(int index) {
    return index < operands.size() ? operands.get(index) : null;
  }

  /** The single output. */
  public Value output() {
    return outputs.get(0);
  }
}
