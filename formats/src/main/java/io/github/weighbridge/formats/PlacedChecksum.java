package io.github.weighbridge.formats;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The CRC-32 of bytes that are written in any order, by several threads. Thread-safe.
 *
 * <p>A CRC is the rest of a polynomial over GF(2) divided by another: bytes {@code b} behind bytes
 * {@code a} have the CRC {@code crc(a) x^(8 |b|) + crc(b)}, so that those of neighbouring pieces
 * give that of both.
 */
public final class PlacedChecksum {

  /** The divisor of CRC-32, the highest power in the lowest bit. */
  private static final int DIVISOR = 0xedb88320;

  private static final int ONE = 1 << 31;
  private static final int X_TO_THE_8TH = ONE >>> 8;

  private record Piece(long length, int crc) {}

  /** Pieces between which something is missing, by where they begin. */
  private final TreeMap<Long, Piece> pieces = new TreeMap<>();

  /** {@code x^(8 n)} by n. */
  private final Map<Long, Integer> powers = new HashMap<>();

  /** Adds bytes that begin at a position, each position once. */
  public void update(long position, ByteBuffer bytes) {
    int length = bytes.remaining();
    if (length > 0) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      add(position, new Piece(length, (int) crc.getValue()));
    }
  }

  private synchronized void add(long position, Piece piece) {
    long start = position;
    Piece joined = piece;
    Map.Entry<Long, Piece> before = pieces.lowerEntry(position);
    if (before != null && before.getKey() + before.getValue().length() == position) {
      start = before.getKey();
      joined = joined(before.getValue(), joined);
    }
    Piece behind = pieces.remove(position + piece.length());
    pieces.put(start, behind == null ? joined : joined(joined, behind));
  }

  private Piece joined(Piece first, Piece second) {
    int power = powers.computeIfAbsent(second.length(), PlacedChecksum::power);
    return new Piece(first.length() + second.length(), product(first.crc(), power) ^ second.crc());
  }

  /** How many bytes there were. */
  public synchronized long length() {
    return pieces.values().stream().mapToLong(Piece::length).sum();
  }

  /**
   * The CRC-32 of all bytes.
   *
   * @throws IllegalStateException if some are missing in between
   */
  public synchronized long value() {
    if (pieces.size() > 1) {
      throw new IllegalStateException("bytes are missing before " + pieces.lastKey());
    }
    return pieces.isEmpty() ? 0 : Integer.toUnsignedLong(pieces.firstEntry().getValue().crc());
  }

  /** {@code x^(8 n)}, by squaring. */
  private static int power(long n) {
    int result = ONE;
    int square = X_TO_THE_8TH;
    for (long rest = n; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result = product(result, square);
      }
      square = product(square, square);
    }
    return result;
  }

  /** The product of two polynomials, the rest of its division. */
  private static int product(int a, int b) {
    int result = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        result ^= shifted;
      }
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : shifted >>> 1 ^ DIVISOR;
    }
    return result;
  }
}
