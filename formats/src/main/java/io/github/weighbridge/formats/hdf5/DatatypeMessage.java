package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.tensor.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Datatype messages of version 1 as they are written, byte by byte as h5py has them for the same
 * numpy types; {@link ElementType} reads them.
 */
final class DatatypeMessage {

  private static final int VERSION_1 = 1 << 4;
  private static final int INTEGER = VERSION_1;
  private static final int FLOAT = VERSION_1 | 1;
  private static final int TEXT = VERSION_1 | 3;
  private static final int OPAQUE = VERSION_1 | 5;
  private static final int COMPOUND = VERSION_1 | 6;
  private static final int ENUM = VERSION_1 | 8;
  private static final int VARIABLE = VERSION_1 | 9;

  private static final int SIGNED = 8;

  /** The first bit of a mantissa is always 1 and not kept. */
  private static final int IMPLIED_BIT = 2 << 4;

  private static final int NULL_PADDED = 1;
  private static final int VARIABLE_TEXT = 1;
  private static final int UTF8 = 1;

  /** Names of members take a multiple of 8 bytes; ours are short. */
  private static final int NAME_BYTES = 8;

  /** Of a member of a compound: its name, where it begins, and eight numbers of arrays. */
  private static final int MEMBER_BYTES = NAME_BYTES + 32;

  private DatatypeMessage() {}

  /**
   * The type of a dataset's elements.
   *
   * @throws IllegalArgumentException for types without whole bytes (int4, text)
   */
  static ByteBuffer of(DataType dtype) {
    return switch (dtype) {
      case FLOAT16 -> floating(2, 5);
      case FLOAT32 -> floating(4, 8);
      case FLOAT64 -> floating(8, 11);
      case INT8 -> integer(1, true);
      case INT16 -> integer(2, true);
      case INT32 -> integer(4, true);
      case INT64 -> integer(8, true);
      case UINT8 -> integer(1, false);
      case UINT16 -> integer(2, false);
      case UINT32 -> integer(4, false);
      case UINT64 -> integer(8, false);
      case BOOL -> bool();
      case COMPLEX64 -> complex(floating(4, 8));
      case COMPLEX128 -> complex(floating(8, 11));
      // What numpy has no name for is raw bytes to h5py.
      case BFLOAT16, FLOAT8_E4M3FN, FLOAT8_E5M2 -> message(OPAQUE, 0, dtype.byteSize(), 0).flip();
      case INT4, UINT4, STRING ->
          throw new IllegalArgumentException("no dataset has elements of " + dtype);
    };
  }

  /** Whether elements are raw bytes to HDF5, which a name beside them explains. */
  static boolean isOpaque(DataType dtype) {
    return of(dtype).get(0) == OPAQUE;
  }

  /**
   * Text of any length, kept in the global heap.
   *
   * @param utf8 how it is tagged; it is UTF-8 either way
   */
  static ByteBuffer variableText(boolean utf8) {
    ByteBuffer message = message(VARIABLE, VARIABLE_TEXT, HeapTexts.REFERENCE_BYTES, INTEGER_BYTES);
    return message.put(2, (byte) (utf8 ? UTF8 : 0)).put(integer(1, false)).flip();
  }

  /** Text of at most this many bytes, zeros behind it; tagged as ASCII. */
  static ByteBuffer fixedText(int size) {
    return message(TEXT, NULL_PADDED, size, 0).flip();
  }

  private static final int HEAD_BYTES = 8;
  private static final int INTEGER_BYTES = HEAD_BYTES + 4;

  /** Class and version, class bits, size; with room for what the class adds. */
  private static ByteBuffer message(int classAndVersion, int bits, int size, int more) {
    return ByteBuffer.allocate(HEAD_BYTES + more)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) classAndVersion)
        .put((byte) bits)
        .putShort((short) 0)
        .putInt(size);
  }

  private static ByteBuffer integer(int size, boolean signed) {
    return message(INTEGER, signed ? SIGNED : 0, size, 4)
        .putShort((short) 0)
        .putShort((short) (size * Byte.SIZE))
        .flip();
  }

  private static ByteBuffer floating(int size, int exponentBits) {
    int bits = size * Byte.SIZE;
    int mantissaBits = bits - 1 - exponentBits;
    return message(FLOAT, IMPLIED_BIT, size, 12)
        .put(2, (byte) (bits - 1))
        .putShort((short) 0)
        .putShort((short) bits)
        .put((byte) mantissaBits)
        .put((byte) exponentBits)
        .put((byte) 0)
        .put((byte) mantissaBits)
        .putInt((1 << (exponentBits - 1)) - 1)
        .flip();
  }

  /** h5py's booleans: an enumeration of int8. */
  private static ByteBuffer bool() {
    ByteBuffer message = message(ENUM, 2, 1, INTEGER_BYTES + 2 * NAME_BYTES + 2);
    message.put(integer(1, true));
    putName(message, "FALSE");
    putName(message, "TRUE");
    return message.put((byte) 0).put((byte) 1).flip();
  }

  /** h5py's complex numbers: a real and an imaginary part. */
  private static ByteBuffer complex(ByteBuffer part) {
    int partSize = part.getInt(4);
    ByteBuffer message = message(COMPOUND, 2, 2 * partSize, 2 * (MEMBER_BYTES + part.remaining()));
    putMember(message, "r", 0, part);
    putMember(message, "i", partSize, part);
    return message.flip();
  }

  private static void putMember(ByteBuffer message, String name, int offset, ByteBuffer type) {
    int end = message.position() + MEMBER_BYTES;
    putName(message, name);
    message.putInt(offset).position(end).put(type.duplicate());
  }

  private static void putName(ByteBuffer message, String name) {
    int end = message.position() + NAME_BYTES;
    message.put(name.getBytes(StandardCharsets.US_ASCII)).position(end);
  }
}
