package io.github.weighbridge.core.op;

/** Functions of two numbers; comparisons and logic give 1 for true. */
public enum BinaryFunction {
  ADD(Kind.ARITHMETIC, (x, y) -> x + y),
  SUBTRACT(Kind.ARITHMETIC, (x, y) -> x - y),
  MULTIPLY(Kind.ARITHMETIC, (x, y) -> x * y),
  DIVIDE(Kind.ARITHMETIC, (x, y) -> x / y),
  POWER(Kind.ARITHMETIC, Math::pow),
  MAXIMUM(Kind.ARITHMETIC, Math::max),
  MINIMUM(Kind.ARITHMETIC, Math::min),
  /** Rounded down. */
  FLOOR_DIVIDE(Kind.ARITHMETIC, (x, y) -> Math.floor(x / y)),
  /** The remainder of the floor division, with the sign of the divisor. */
  MODULO(Kind.ARITHMETIC, (x, y) -> x - Math.floor(x / y) * y),
  EQUAL(Kind.COMPARISON, (x, y) -> x == y ? 1 : 0),
  NOT_EQUAL(Kind.COMPARISON, (x, y) -> x != y ? 1 : 0),
  LESS(Kind.COMPARISON, (x, y) -> x < y ? 1 : 0),
  LESS_EQUAL(Kind.COMPARISON, (x, y) -> x <= y ? 1 : 0),
  GREATER(Kind.COMPARISON, (x, y) -> x > y ? 1 : 0),
  GREATER_EQUAL(Kind.COMPARISON, (x, y) -> x >= y ? 1 : 0),
  LOGICAL_AND(Kind.LOGIC, (x, y) -> x != 0 && y != 0 ? 1 : 0),
  LOGICAL_OR(Kind.LOGIC, (x, y) -> x != 0 || y != 0 ? 1 : 0),
  LOGICAL_XOR(Kind.LOGIC, (x, y) -> (x != 0) != (y != 0) ? 1 : 0);

  /** A definition. */
  @FunctionalInterface
  interface Definition {
    double apply(double x, double y);
  }

  /** What goes in and comes out. */
  private enum Kind {
    ARITHMETIC,
    COMPARISON,
    LOGIC
  }

  private final Kind kind;
  private final Definition definition;

  BinaryFunction(Kind kind, Definition definition) {
    this.kind = kind;
    this.definition = definition;
  }

  /** The function's value, in double precision. */
  public double apply(double x, double y) {
    return definition.apply(x, y);
  }

  /** Whether the result is a boolean. */
  public boolean isPredicate() {
    return kind != Kind.ARITHMETIC;
  }

  /** Whether the operands are booleans. */
  public boolean isLogical() {
    return kind == Kind.LOGIC;
  }
}
