package io.github.weighbridge.formats.hdf5;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text as HDF5 files have it: always decoded as UTF-8.
 *
 * <p>What the file says of the character set does not count: h5py tags bytes that Python encoded as
 * UTF-8 as ASCII, and Keras 2 wrote its names so. Bytes that are no UTF-8 are Latin-1, as Python 2
 * left them.
 */
final class StringBytes {

  private StringBytes() {}

  /** The text that begins at an offset and ends before a zero byte or at the end. */
  static String at(ByteBuffer bytes, int offset) {
    ByteBuffer slice = bytes.slice(offset, bytes.limit() - offset);
    int end = 0;
    while (end < slice.limit() && slice.get(end) != 0) {
      end++;
    }
    return decode(slice.limit(end));
  }

  /** The text without the fill bytes (0 or a space) at its end. */
  static String padded(ByteBuffer bytes, byte fill) {
    int end = bytes.limit();
    while (end > bytes.position() && bytes.get(end - 1) == fill) {
      end--;
    }
    return decode(bytes.limit(end));
  }

  /** The text of all remaining bytes. */
  static String decode(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }
  }
}
