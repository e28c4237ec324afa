package io.github.weighbridge.formats.hdf5;

import java.nio.ByteBuffer;

/**
 * HDF5's filter 3: behind a chunk's bytes stands their Fletcher checksum, four bytes,
 * little-endian. It sums words of two bytes, big-endian, modulo 65535; a last odd byte is the high
 * one of its word.
 */
final class Fletcher32 {

  /** The filter's number. */
  static final int ID = 3;

  static final int BYTES = 4;

  private static final int MODULUS = 0xffff;

  /** As many words as can be added before the second sum leaves 63 bits; far more than needed. */
  private static final int WORDS_PER_FOLD = 1 << 16;

  private Fletcher32() {}

  /** The checksum that stands behind a chunk's bytes. */
  static int stated(ByteBuffer chunk) {
    return Integer.reverseBytes(bigEndian(chunk, chunk.limit() - BYTES));
  }

  /** The checksum of a chunk's bytes, without the four at its end. */
  static int computed(ByteBuffer chunk) {
    int length = chunk.limit() - BYTES;
    long first = 0;
    long second = 0;
    for (int at = 0; at < length; ) {
      int end = (int) Math.min(length, at + 2L * WORDS_PER_FOLD);
      for (; at < end; at += 2) {
        int low = at + 1 < length ? chunk.get(at + 1) & 0xff : 0;
        first += ((chunk.get(at) & 0xff) << 8) | low;
        second += first;
      }
      first = folded(first);
      second = folded(second);
    }
    return (int) ((second << 16) | first);
  }

  /** HDF5 before 1.6.3 swapped the bytes of both sums on little-endian machines. */
  static int swapped(int checksum) {
    return ((checksum & 0x00ff00ff) << 8) | ((checksum >>> 8) & 0x00ff00ff);
  }

  /** Modulo 65535, with 65535 and not 0 for its multiples: the end-around carry's result. */
  private static long folded(long sum) {
    return sum == 0 ? 0 : (sum - 1) % MODULUS + 1;
  }

  private static int bigEndian(ByteBuffer bytes, int at) {
    int number = 0;
    for (int i = 0; i < BYTES; i++) {
      number = (number << 8) | (bytes.get(at + i) & 0xff);
    }
    return number;
  }
}
