package io.github.weighbridge.core.model;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model in the words of the file that it was read from: what goes back to the same form stays as
 * it was, to the last key.
 *
 * @param architecture as the file has it
 * @param entries parts of the file that go back byte by byte, under their names there; none where
 *     weights are laid out anew
 */
public record WrittenModel(Tree.Obj architecture, Map<String, WeightRef> entries) {

  /** Copies the entries. */
  public WrittenModel {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** An architecture whose weights are laid out anew. */
  public static WrittenModel of(Tree.Obj architecture) {
    return new WrittenModel(architecture, Map.of());
  }
}
