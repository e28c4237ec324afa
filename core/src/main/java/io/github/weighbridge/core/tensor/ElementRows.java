package io.github.weighbridge.core.tensor;

import java.nio.ByteBuffer;

/**
 * Elements in a plain array, out of which rows are gathered. Arrays, because a buffer's single
 * elements are slow until the optimising compiler comes, which a short conversion does not live to
 * see.
 */
interface ElementRows {

  /** Takes {@code count} elements of the little-endian bytes, from element {@code from} on. */
  void take(ByteBuffer bytes, int from, int at, int count);

  /**
   * Gathers {@code count} rows, one behind the other: the elements at {@code start + offsets}, then
   * those {@code stride} further on.
   */
  void gather(int[] offsets, int start, int stride, int count);

  /**
   * Writes gathered elements, from {@code from} on, to little-endian bytes at element {@code at}.
   */
  void put(ByteBuffer out, int at, int from, int count);

  /** Rows of elements of {@code size} bytes. */
  static ElementRows of(int size, int capacity, int rowCapacity) {
    return size == Integer.BYTES
        ? new Words(new int[capacity], new int[rowCapacity])
        : new Octets(size, new byte[capacity * size], new byte[rowCapacity * size]);
  }

  /** Elements of four bytes: nearly all that there are. */
  @SuppressWarnings("ArrayRecordComponent") // Work space, never compared.
  record Words(int[] elements, int[] row) implements ElementRows {

    @Override
    public void take(ByteBuffer bytes, int from, int at, int count) {
      ByteBuffer part = bytes.slice(from * Integer.BYTES, count * Integer.BYTES);
      part.order(bytes.order()).asIntBuffer().get(elements, at, count);
    }

    @Override
    public void gather(int[] offsets, int start, int stride, int count) {
      int length = offsets.length;
      for (int i = 0; i < length; i++) {
        int from = start + offsets[i];
        int to = i;
        for (int j = 0; j < count; j++) {
          row[to] = elements[from];
          from += stride;
          to += length;
        }
      }
    }

    @Override
    public void put(ByteBuffer out, int at, int from, int count) {
      ByteBuffer part = out.slice(at * Integer.BYTES, count * Integer.BYTES);
      part.order(out.order()).asIntBuffer().put(row, from, count);
    }
  }

  /** Elements of any size. */
  @SuppressWarnings("ArrayRecordComponent") // Work space, never compared.
  record Octets(int size, byte[] elements, byte[] row) implements ElementRows {

    @Override
    public void take(ByteBuffer bytes, int from, int at, int count) {
      bytes.get(from * size, elements, at * size, count * size);
    }

    @Override
    public void gather(int[] offsets, int start, int stride, int count) {
      int to = 0;
      for (int j = 0; j < count; j++) {
        for (int offset : offsets) {
          int from = (start + offset + j * stride) * size;
          for (int i = 0; i < size; i++) {
            row[to++] = elements[from + i];
          }
        }
      }
    }

    @Override
    public void put(ByteBuffer out, int at, int from, int count) {
      out.put(at * size, row, from * size, count * size);
    }
  }
}
