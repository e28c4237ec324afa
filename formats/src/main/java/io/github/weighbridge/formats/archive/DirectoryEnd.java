package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.tensor.WeightFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the record at the very end of a zip says of its directory.
 *
 * @param entries how many there are
 * @param size of the directory in bytes
 * @param position of the directory
 */
record DirectoryEnd(long entries, long size, long position) {

  /** A comment of up to 65,535 bytes may follow the record. */
  private static final int MAX_TAIL_BYTES = Headers.END_BYTES + 0xffff;

  static DirectoryEnd find(WeightFile file, Place place) throws IOException {
    int length = (int) Math.min(MAX_TAIL_BYTES, file.size());
    ByteBuffer tail = read(file, file.size() - length, length);
    for (int at = length - Headers.END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == Headers.END
          && (tail.getShort(at + 20) & 0xffff) == length - Headers.END_BYTES - at) {
        return parse(file, place, tail, at, file.size() - length + at);
      }
    }
    throw Headers.malformed(place, "must have a directory at its end", "none");
  }

  private static DirectoryEnd parse(
      WeightFile file, Place place, ByteBuffer tail, int at, long position) throws IOException {
    long locator = position - Headers.ZIP64_LOCATOR_BYTES;
    if (locator >= 0) {
      ByteBuffer bytes = read(file, locator, Headers.ZIP64_LOCATOR_BYTES);
      if (bytes.getInt(0) == Headers.ZIP64_LOCATOR) {
        return zip64(file, place, bytes.getLong(8), locator);
      }
    }
    return new DirectoryEnd(
        tail.getShort(at + 10) & 0xffff,
        tail.getInt(at + 12) & 0xffffffffL,
        tail.getInt(at + 16) & 0xffffffffL);
  }

  private static DirectoryEnd zip64(WeightFile file, Place place, long position, long locator)
      throws IOException {
    if (position < 0 || position > locator - Headers.ZIP64_END_BYTES) {
      throw Headers.malformed(
          place, "must have its ZIP64 record inside the file", "position " + position);
    }
    ByteBuffer bytes = read(file, position, Headers.ZIP64_END_BYTES);
    if (bytes.getInt(0) != Headers.ZIP64_END) {
      throw Headers.malformed(place, "must have a ZIP64 record", "none at " + position);
    }
    return new DirectoryEnd(bytes.getLong(32), bytes.getLong(40), bytes.getLong(48));
  }

  private static ByteBuffer read(WeightFile file, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.read(position, bytes);
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }
}
