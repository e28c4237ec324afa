package io.github.weighbridge.core.tensor;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/**
 * Elements in a plain array, out of which rows are gathered. Arrays, because a buffer's single
 * elements are slow until the optimising compiler comes, which a short conversion does not live to
 * see.
 */
interface ElementRows {

  /** Takes {@code count} elements of the input, from element {@code from} on. */
  void take(int from, int at, int count);

  /**
   * Gathers {@code count} rows, one behind the other: the elements at {@code start + offsets}, then
   * those {@code stride} further on.
   */
  void gather(int[] offsets, int start, int stride, int count);

  /** Writes gathered elements, from {@code from} on, to the output at element {@code at}. */
  void put(int at, int from, int count);

  /**
   * Rows of elements of {@code size} bytes.
   *
   * @param input elements from its begin to its capacity, in the same byte order as the output
   */
  static ElementRows of(
      int size, ByteBuffer input, ByteBuffer output, int capacity, int rowCapacity) {
    ByteBuffer in = input.duplicate().clear().order(input.order());
    ByteBuffer out = output.duplicate().clear().order(output.order());
    return size == Integer.BYTES
        ? new Words(in.asIntBuffer(), out.asIntBuffer(), new int[capacity], new int[rowCapacity])
        : new Octets(size, in, out, new byte[capacity * size], new byte[rowCapacity * size]);
  }

  /** Elements of four bytes: nearly all that there are. */
  @SuppressWarnings("ArrayRecordComponent") // Work space, never compared.
  record Words(IntBuffer input, IntBuffer output, int[] elements, int[] row)
      implements ElementRows {

    @Override
    public void take(int from, int at, int count) {
      input.get(from, elements, at, count);
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
    public void put(int at, int from, int count) {
      output.put(at, row, from, count);
    }
  }

  /** Elements of any size. */
  @SuppressWarnings("ArrayRecordComponent") // Work space, never compared.
  record Octets(int size, ByteBuffer input, ByteBuffer output, byte[] elements, byte[] row)
      implements ElementRows {

    @Override
    public void take(int from, int at, int count) {
      input.get(from * size, elements, at * size, count * size);
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
    public void put(int at, int from, int count) {
      output.put(at * size, row, from * size, count * size);
    }
  }
}
