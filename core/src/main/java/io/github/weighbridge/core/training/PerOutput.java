package io.github.weighbridge.core.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code compile} was given for the outputs: one thing for all, a list, or one by name. */
public sealed interface PerOutput<T> {

  /** Nothing (null). */
  record None<T>() implements PerOutput<T> {}

  /** One thing. */
  record Of<T>(T value) implements PerOutput<T> {}

  /** A list; of metrics, lists within it are those of an output. */
  record Items<T>(List<PerOutput<T>> elements) implements PerOutput<T> {
    /** Copies the elements. */
    public Items {
      elements = List.copyOf(elements);
    }
  }

  /** By the name of the output. */
  record Entries<T>(Map<String, PerOutput<T>> members) implements PerOutput<T> {
    /** Copies the members. */
    public Entries {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /** Everything in it, in order. */
  default List<T> values() {
    List<T> values = new ArrayList<>();
    collect(this, values);
    return List.copyOf(values);
  }

  private static <T> void collect(PerOutput<T> from, List<T> values) {
    if (from instanceof Of<T> of) {
      values.add(of.value());
    } else if (from instanceof Items<T> items) {
      items.elements().forEach(element -> collect(element, values));
    } else if (from instanceof Entries<T> entries) {
      entries.members().values().forEach(member -> collect(member, values));
    }
  }
}
