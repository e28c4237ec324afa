package io.github.weighbridge.core.graph;

import org.jspecify.annotations.Nullable;

/**
 * Which layer instance of a model is meant: an index into the model's table. Layers are known by
 * id, never by name, because names may be used twice in nested models.
 */
public record LayerId(int index) implements Comparable<LayerId> {

  // Written out: what Java derives at run time costs each start a millisecond or two.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LayerId id && id.index == index;
  }

  @Override
  public int hashCode() {
    return index;
  }

  @Override
  public int compareTo(LayerId other) {
    return Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return "#" + index;
  }
}
