package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A weight repeated to a larger shape by numpy's broadcasting rule. */
final class BroadcastSource implements WeightSource {

  private final WeightRef base;
  private final long[] sizes;
  private final long[] strides;

  BroadcastSource(WeightRef base, long[] sizes) {
    this.base = base;
    this.sizes = sizes;
    this.strides = new long[sizes.length];
    long[] own = base.sizes();
    if (own.length > sizes.length) {
      throw new IllegalArgumentException("cannot broadcast " + base + " to " + Shape.of(sizes));
    }
    long stride = 1;
    for (int axis = sizes.length - 1, i = own.length - 1; i >= 0; axis--, i--) {
      if (own[i] != 1 && own[i] != sizes[axis]) {
        throw new IllegalArgumentException("cannot broadcast " + base + " to " + Shape.of(sizes));
      }
      strides[axis] = own[i] == 1 ? 0 : stride;
      stride *= own[i];
    }
  }

  /** The shape that all operands broadcast to. */
  static long[] commonSizes(List<WeightRef> operands) {
    int rank = operands.stream().mapToInt(w -> w.type().rank()).max().orElse(0);
    long[] sizes = new long[rank];
    java.util.Arrays.fill(sizes, 1);
    for (WeightRef operand : operands) {
      long[] own = operand.sizes();
      for (int i = 0; i < own.length; i++) {
        int axis = rank - own.length + i;
        if (own[i] != 1) {
          sizes[axis] = own[i];
        }
      }
    }
    return sizes;
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    // What is repeated is small (per-channel vectors), so it is read whole.
    ByteBuffer all = base.load().bytes();
    int size = base.dtype().byteSize();
    ByteBuffer out = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    int count = out.remaining() / size;
    for (int i = 0; i < count; i++) {
      long rest = start + i;
      long index = 0;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        index += rest % sizes[axis] * strides[axis];
        rest /= sizes[axis];
      }
      out.put(i * size, all, (int) index * size, size);
    }
    target.position(target.limit());
  }
}
