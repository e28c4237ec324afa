package io.github.weighbridge.core.graph;

/**
 * Which layer instance of a model is meant: an index into the model's table. Layers are known by
 * id, never by name, because names may be used twice in nested models.
 */
public record LayerId(int index) implements Comparable<LayerId> {

  @Override
  public int compareTo(LayerId other) {
    return Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return "#" + index;
  }
}
