package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A weight whose slices along an axis are multiplied by one number each. */
final class ScaledSource implements WeightSource {

  private final WeightRef base;
  private final WeightRef factors;
  private final long inner;

  ScaledSource(WeightRef base, int axis, WeightRef factors) {
    this.base = base;
    this.factors = factors;
    Shape shape = base.type().shape();
    this.inner = shape.slice(axis + 1, shape.rank()).elementCount();
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return;
    }
    ByteBuffer out = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    base.read(start, target);
    double[] factor = factors.load().doubles();
    DataType dtype = base.dtype();
    int count = out.remaining() / dtype.byteSize();
    long within = start % inner;
    int index = (int) (start / inner % factor.length);
    for (int i = 0; i < count; i++) {
      if (dtype == DataType.FLOAT32) {
        out.putFloat(i * 4, (float) (out.getFloat(i * 4) * factor[index]));
      } else {
        Elements.putDouble(dtype, out, i, Elements.getDouble(dtype, out, i) * factor[index]);
      }
      if (++within == inner) {
        within = 0;
        index = index + 1 == factor.length ? 0 : index + 1;
      }
    }
  }
}
