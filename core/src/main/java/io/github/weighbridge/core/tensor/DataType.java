package io.github.weighbridge.core.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The element types of Keras, by Keras's names in upper case. */
public enum DataType {
  FLOAT16(Kind.FLOAT, 16),
  BFLOAT16(Kind.FLOAT, 16),
  FLOAT32(Kind.FLOAT, 32),
  FLOAT64(Kind.FLOAT, 64),
  FLOAT8_E4M3FN(Kind.FLOAT, 8),
  FLOAT8_E5M2(Kind.FLOAT, 8),
  INT4(Kind.SIGNED, 4),
  INT8(Kind.SIGNED, 8),
  INT16(Kind.SIGNED, 16),
  INT32(Kind.SIGNED, 32),
  INT64(Kind.SIGNED, 64),
  UINT4(Kind.UNSIGNED, 4),
  UINT8(Kind.UNSIGNED, 8),
  UINT16(Kind.UNSIGNED, 16),
  UINT32(Kind.UNSIGNED, 32),
  UINT64(Kind.UNSIGNED, 64),
  /** One byte an element, 0 or 1. */
  BOOL(Kind.BOOL, 8),
  COMPLEX64(Kind.COMPLEX, 64),
  COMPLEX128(Kind.COMPLEX, 128),
  /** Unicode text; has no bytes, stands only in tensors in memory. */
  STRING(Kind.STRING, 0);

  /** What the bits of an element mean. */
  public enum Kind {
    FLOAT,
    SIGNED,
    UNSIGNED,
    BOOL,
    COMPLEX,
    STRING
  }

  private final Kind kind;
  private final int bits;

  DataType(Kind kind, int bits) {
    this.kind = kind;
    this.bits = bits;
  }

  /** What the bits mean. */
  public Kind kind() {
    return kind;
  }

  /** Bits of one element. */
  public int bits() {
    return bits;
  }

  /**
   * Bytes of one element.
   *
   * @throws UnsupportedOperationException for types without whole bytes (int4, string)
   */
  public int byteSize() {
    if (bits < 8) {
      throw new UnsupportedOperationException(kerasName() + " elements have no whole bytes");
    }
    return bits / 8;
  }

  /** Whether elements are floating-point numbers. */
  public boolean isFloating() {
    return kind == Kind.FLOAT;
  }

  /** Whether elements are whole numbers. */
  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  /** The name that Keras writes, as {@code float32}. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type that Keras writes as {@code name}, if there is one. */
  public static Optional<DataType> ofKerasName(String name) {
    return Arrays.stream(values()).filter(t -> t.kerasName().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return kerasName();
  }
}
