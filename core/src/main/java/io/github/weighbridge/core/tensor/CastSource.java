package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A weight in another type, element by element as {@link Tensor#cast} has it. */
final class CastSource implements WeightSource {

  private static final int CHUNK = 1 << 16;

  private final WeightRef base;
  private final DataType dtype;

  CastSource(WeightRef base, DataType dtype) {
    this.base = base;
    this.dtype = dtype;
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    ByteBuffer out = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    int total = out.remaining() / dtype.byteSize();
    int elementSize = base.dtype().byteSize();
    ByteBuffer in =
        ByteBuffer.allocate(Math.min(CHUNK, total) * elementSize).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < total; done += CHUNK) {
      int count = Math.min(CHUNK, total - done);
      in.clear().limit(count * elementSize);
      base.read(start + done, in);
      for (int i = 0; i < count; i++) {
        Elements.convert(base.dtype(), in, i, dtype, out, done + i);
      }
    }
    target.position(target.limit());
  }
}
