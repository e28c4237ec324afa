package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Slices of a weight along an axis, read run by run; neighbouring slices in one piece. */
final class GatheredSource implements WeightSource {

  private final WeightRef base;
  private final long[] indices;
  private final long baseSize;
  private final long inner;

  GatheredSource(WeightRef base, int axis, long[] indices) {
    this.base = base;
    this.indices = indices;
    Shape shape = base.type().shape();
    this.baseSize = shape.dim(axis).size();
    this.inner = shape.slice(axis + 1, shape.rank()).elementCount();
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    int size = base.dtype().byteSize();
    int end = target.limit();
    long at = start;
    while (target.position() < end) {
      long within = at % inner;
      long slice = at / inner;
      int index = (int) (slice % indices.length);
      long outer = slice / indices.length;
      int last = index;
      while (last + 1 < indices.length && indices[last + 1] == indices[last] + 1) {
        last++;
      }
      long run = (last - index + 1L) * inner - within;
      long count = Math.min(run, (end - target.position()) / size);
      target.limit(target.position() + (int) count * size);
      base.read((outer * baseSize + indices[index]) * inner + within, target);
      target.limit(end);
      at += count;
    }
  }
}
