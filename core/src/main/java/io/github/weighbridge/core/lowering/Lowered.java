package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call returns.
 *
 * @param outputs the values
 * @param masks which steps of each count (booleans {@code [batch, time]}); null where all do
 */
record Lowered(List<Value> outputs, List<@Nullable Value> masks) {

  Lowered {
    outputs = List.copyOf(outputs);
    masks = Collections.unmodifiableList(new ArrayList<>(masks));
  }

  /** A single output; the mask of the input, if there is one, ends here. */
  static Lowered of(Value output) {
    return of(output, null);
  }

  /** A single output with a mask. */
  static Lowered of(Value output, @Nullable Value mask) {
    return new Lowered(List.of(output), Collections.singletonList(mask));
  }

  /** Several outputs without masks. */
  static Lowered of(List<Value> outputs) {
    return new Lowered(outputs, Collections.nCopies(outputs.size(), null));
  }

  /** The first output. */
  Value output() {
    return outputs.get(0);
  }
}
