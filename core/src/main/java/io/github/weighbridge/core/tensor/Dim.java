package io.github.weighbridge.core.tensor;

/**
 * One dimension of a {@link Shape}: a number, or a name for a number that is not known yet.
 *
 * <p>Arithmetic on a symbolic dimension gives another symbolic one whose name is the expression, so
 * two dimensions are equal exactly when they were computed the same way.
 */
public sealed interface Dim {

  /** A known dimension. */
  record Fixed(long size) implements Dim {
    /** Refuses negative sizes. */
    public Fixed {
      if (size < 0) {
        throw new IllegalArgumentException("a dimension is not negative, got " + size);
      }
    }

    @Override
    public String toString() {
      return Long.toString(size);
    }
  }

  /** A dimension known by name only, as {@code batch} or {@code ceil(time/2)}. */
  record Symbolic(String name) implements Dim {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The dimension of this size. */
  static Dim of(long size) {
    return new Fixed(size);
  }

  /** The dimension of this name. */
  static Dim symbolic(String name) {
    return new Symbolic(name);
  }

  /** Whether the size is known. */
  default boolean isFixed() {
    return this instanceof Fixed;
  }

  /**
   * The size.
   *
   * @throws IllegalStateException if it is not known
   */
  default long size() {
    if (this instanceof Fixed fixed) {
      return fixed.size();
    }
    throw new IllegalStateException("the size of dimension '" + this + "' is not known");
  }

  /** This dimension plus a number, possibly negative; a size is never below 0. */
  default Dim plus(long addend) {
    if (this instanceof Fixed fixed) {
      return new Fixed(Math.max(0, Math.addExact(fixed.size(), addend)));
    }
    if (addend == 0) {
      return this;
    }
    return new Symbolic(operand() + (addend < 0 ? "-" + -addend : "+" + addend));
  }

  /** This dimension plus another. */
  default Dim plus(Dim addend) {
    if (addend instanceof Fixed fixed) {
      return plus(fixed.size());
    }
    return this instanceof Fixed fixed
        ? addend.plus(fixed.size())
        : new Symbolic(operand() + "+" + addend.operand());
  }

  /** This dimension times a number. */
  default Dim times(long factor) {
    if (this instanceof Fixed fixed) {
      return new Fixed(Math.multiplyExact(fixed.size(), factor));
    }
    return factor == 1 ? this : factor == 0 ? new Fixed(0) : new Symbolic(operand() + "*" + factor);
  }

  /** This dimension times another. */
  default Dim times(Dim factor) {
    if (factor instanceof Fixed fixed) {
      return times(fixed.size());
    }
    return this instanceof Fixed fixed
        ? factor.times(fixed.size())
        : new Symbolic(operand() + "*" + factor.operand());
  }

  /** This dimension divided by a positive number, rounded up. */
  default Dim ceilDiv(long divisor) {
    if (this instanceof Fixed fixed) {
      return new Fixed(fixed.size() / divisor + (fixed.size() % divisor == 0 ? 0 : 1));
    }
    return divisor == 1 ? this : new Symbolic("ceil(" + operand() + "/" + divisor + ")");
  }

  /** This dimension divided by a positive number, rounded down. */
  default Dim floorDiv(long divisor) {
    if (this instanceof Fixed fixed) {
      return new Fixed(fixed.size() / divisor);
    }
    return divisor == 1 ? this : new Symbolic("floor(" + operand() + "/" + divisor + ")");
  }

  private String operand() {
    String text = toString();
    return text.indexOf('+') < 0 && text.indexOf('-') < 0 ? text : "(" + text + ")";
  }
}
