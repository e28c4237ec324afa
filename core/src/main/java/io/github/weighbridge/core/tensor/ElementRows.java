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

  /** Gathers the elements at {@code start + offsets} to the row, from {@code rowAt} on. */
  void gather(int[] offsets, int start, int rowAt);

  /** Writes the row's first elements to little-endian bytes, from element {@code at} on. */
  void put(ByteBuffer out, int at, int count);

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
    public void gather(int[] offsets, int start, int rowAt) {
      for (int i = 0; i < offsets.length; i++) {
        row[rowAt + i] = elements[start + offsets[i]];
      }
    }

    @Override
    public void put(ByteBuffer out, int at, int count) {
      ByteBuffer part = out.slice(at * Integer.BYTES, count * Integer.BYTES);
      part.order(out.order()).asIntBuffer().put(row, 0, count);
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
    public void gather(int[] offsets, int start, int rowAt) {
      int to = rowAt * size;
      for (int offset : offsets) {
        int from = (start + offset) * size;
        for (int i = 0; i < size; i++) {
          row[to++] = elements[from + i];
        }
      }
    }

    @Override
    public void put(ByteBuffer out, int at, int count) {
      out.put(at * size, row, 0, count * size);
    }
  }
}
