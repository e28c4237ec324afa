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
  MODULO(Kind.ARITHMETIC, BinaryFunction::floorRemainder),
  /** The remainder of the division towards 0, with the sign of the dividend: C's fmod. */
  FMOD(Kind.ARITHMETIC, (x, y) -> x % y),
  /** The angle of the point with the ordinate {@code x} and the abscissa {@code y}. */
  ATAN2(Kind.FLOATING, Math::atan2),
  BITWISE_AND(Kind.BITWISE, (x, y) -> (long) x & (long) y),
  BITWISE_OR(Kind.BITWISE, (x, y) -> (long) x | (long) y),
  BITWISE_XOR(Kind.BITWISE, (x, y) -> (long) x ^ (long) y),
  /** By 0 to before as many bits as the type has. */
  SHIFT_LEFT(Kind.BITWISE, (x, y) -> (long) x << (long) y),
  /** By 0 to before as many bits as the type has; the sign stays. */
  SHIFT_RIGHT(Kind.BITWISE, (x, y) -> (long) x >> (long) y),
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
    FLOATING,
    BITWISE,
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
    return kind == Kind.COMPARISON || kind == Kind.LOGIC;
  }

  /** Whether the operands are floating-point numbers, never whole ones. */
  public boolean isFloating() {
    return kind == Kind.FLOATING;
  }

  /** Whether the operands are whole numbers, taken as bits. */
  public boolean isBitwise() {
    return kind == Kind.BITWISE;
  }

  /** Whether the operands are booleans. */
  public boolean isLogical() {
    return kind == Kind.LOGIC;
  }

  private static double floorRemainder(double x, double y) {
    double remainder = x % y;
    return remainder != 0 && (remainder < 0) != (y < 0) ? remainder + y : remainder;
  }
}
