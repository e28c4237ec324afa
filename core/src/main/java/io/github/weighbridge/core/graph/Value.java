package io.github.weighbridge.core.graph;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that a graph computes or is given: produced once, used any number of times. Two values
 * are the same only when they are the same object.
 */
public final class Value {

  private final String name;
  private final @Nullable TensorType type;

  /** A value of this name; names are unique within a graph, which its verifier checks. */
  public Value(String name, @Nullable TensorType type) {
    this.name = name;
    this.type = type;
  }

  /** The name, unique within the graph. */
  public String name() {
    return name;
  }

  /**
   * The type.
   *
   * @throws IllegalStateException if it is not known, as behind a layer of unknown class
   */
  public TensorType type() {
    if (type == null) {
      throw new IllegalStateException("the type of '" + name + "' is not known");
    }
    return type;
  }

  /** The type, if it is known. */
  public Optional<TensorType> knownType() {
    return Optional.ofNullable(type);
  }

  @Override
  public String toString() {
    return name + (type == null ? "" : ": " + type);
  }
}
