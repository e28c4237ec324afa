package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.tensor.DataType;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * What the elements of a dataset are.
 *
 * @param dtype the type
 * @param order of the bytes of an element
 */
record ElementType(DataType dtype, ByteOrder order) {

  private static final int OPAQUE = 5;

  /** The classes by number. */
  private static final List<String> CLASSES =
      List.of(
          "integer",
          "float",
          "time",
          "string",
          "bit field",
          "opaque",
          "compound",
          "reference",
          "enum",
          "variable-length",
          "array");

  /**
   * The type that a datatype message stands for: version and class (4 bits each), class bits (3
   * bytes), the size of an element (4), and what the class adds.
   *
   * @param tag the name that Keras writes as an attribute beside types that h5py has no name for
   */
  static Optional<ElementType> of(ByteBuffer message, Optional<String> tag) {
    // jhdf expects a zero byte behind the tag of opaque types, which HDF5 does not write.
    return typeClass(message) == OPAQUE
        ? opaque(message.getInt(4), tag).map(ElementType::little)
        : of(
            io.jhdf.object.datatype.DataType.readDataType(
                message.duplicate().order(ByteOrder.LITTLE_ENDIAN)));
  }

  /** For people: the class and size of a datatype message. */
  static String describe(ByteBuffer message) {
    int typeClass = typeClass(message);
    String name = typeClass < CLASSES.size() ? CLASSES.get(typeClass) : "class " + typeClass;
    return "HDF5 type " + name + " of " + Integer.toUnsignedString(message.getInt(4)) + " bytes";
  }

  private static int typeClass(ByteBuffer message) {
    return message.get(0) & 0x0f;
  }

  private static Optional<ElementType> of(io.jhdf.object.datatype.DataType type) {
    if (type instanceof FixedPoint number) {
      return integer(number).map(dtype -> new ElementType(dtype, number.getByteOrder()));
    }
    if (type instanceof FloatingPoint number) {
      return floating(number).map(dtype -> new ElementType(dtype, number.getByteOrder()));
    }
    if (type instanceof EnumDataType enumeration) {
      return of(enumeration.getBaseType())
          .map(base -> isBool(enumeration) ? little(DataType.BOOL) : base);
    }
    return type instanceof CompoundDataType compound ? complex(compound) : Optional.empty();
  }

  /** Whether elements stand in the file as {@link DataType} has them. */
  boolean isLittleEndian() {
    return order == ByteOrder.LITTLE_ENDIAN || dtype.byteSize() == 1;
  }

  /** How many bytes change places when the order does: complex numbers are two numbers. */
  int swapUnit() {
    return dtype.kind() == DataType.Kind.COMPLEX ? dtype.byteSize() / 2 : dtype.byteSize();
  }

  private static ElementType little(DataType dtype) {
    return new ElementType(dtype, ByteOrder.LITTLE_ENDIAN);
  }

  private static Optional<DataType> integer(FixedPoint number) {
    if (number.getBitOffset() != 0 || number.getBitPrecision() != number.getSize() * 8) {
      return Optional.empty();
    }
    boolean signed = number.isSigned();
    return switch (number.getSize()) {
      case 1 -> Optional.of(signed ? DataType.INT8 : DataType.UINT8);
      case 2 -> Optional.of(signed ? DataType.INT16 : DataType.UINT16);
      case 4 -> Optional.of(signed ? DataType.INT32 : DataType.UINT32);
      case 8 -> Optional.of(signed ? DataType.INT64 : DataType.UINT64);
      default -> Optional.empty();
    };
  }

  private static Optional<DataType> floating(FloatingPoint number) {
    int exponent = number.getExponentSize();
    return switch (number.getSize()) {
      case 1 ->
          exponent == 4
              ? Optional.of(DataType.FLOAT8_E4M3FN)
              : exponent == 5 ? Optional.of(DataType.FLOAT8_E5M2) : Optional.empty();
      case 2 ->
          exponent == 5
              ? Optional.of(DataType.FLOAT16)
              : exponent == 8 ? Optional.of(DataType.BFLOAT16) : Optional.empty();
      case 4 -> exponent == 8 ? Optional.of(DataType.FLOAT32) : Optional.empty();
      case 8 -> exponent == 11 ? Optional.of(DataType.FLOAT64) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** h5py's booleans: an enumeration of FALSE and TRUE in one byte. */
  private static boolean isBool(EnumDataType enumeration) {
    return enumeration.getSize() == 1
        && List.of("FALSE", "TRUE").containsAll(enumeration.getEnumMapping().values());
  }

  /**
   * Types of ml_dtypes are raw bytes to h5py; without a tag (Keras's .h5) two bytes are bfloat16.
   */
  private static Optional<DataType> opaque(int size, Optional<String> tag) {
    if (tag.isEmpty()) {
      return size == 2 ? Optional.of(DataType.BFLOAT16) : Optional.empty();
    }
    return DataType.ofKerasName(tag.get()).filter(dtype -> dtype.bits() == size * 8);
  }

  private static Optional<ElementType> complex(CompoundDataType compound) {
    var members = compound.getMembers();
    if (members.size() != 2
        || !members.get(0).getName().equals("r")
        || !members.get(1).getName().equals("i")) {
      return Optional.empty();
    }
    return of(members.get(0).getDataType())
        .filter(part -> part.dtype.isFloating() && part.dtype.byteSize() * 2 == compound.getSize())
        .flatMap(
            part ->
                switch (part.dtype) {
                  case FLOAT32 -> Optional.of(new ElementType(DataType.COMPLEX64, part.order));
                  case FLOAT64 -> Optional.of(new ElementType(DataType.COMPLEX128, part.order));
                  // No other complex numbers in Keras.
                  default -> Optional.empty();
                });
  }
}
