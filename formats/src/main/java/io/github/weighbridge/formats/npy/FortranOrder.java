package io.github.weighbridge.formats.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays whose first axis varies fastest. */
final class FortranOrder {

  private FortranOrder() {}

  /** The same elements row by row, in a new buffer. */
  static ByteBuffer toRows(ByteBuffer columns, int elementSize, long... sizes) {
    ByteBuffer rows = ByteBuffer.allocate(columns.limit()).order(ByteOrder.LITTLE_ENDIAN);
    int[] index = new int[sizes.length];
    byte[] element = new byte[elementSize];
    while (elementSize > 0 && rows.hasRemaining()) {
      long at = 0;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        at = at * sizes[axis] + index[axis];
      }
      columns.get((int) at * elementSize, element);
      rows.put(element);
      for (int axis = sizes.length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return rows.flip().order(ByteOrder.LITTLE_ENDIAN);
  }
}
