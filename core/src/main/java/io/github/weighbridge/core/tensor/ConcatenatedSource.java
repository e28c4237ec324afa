package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Weights joined along an axis, read run by run. */
final class ConcatenatedSource implements WeightSource {

  private final List<WeightRef> parts;
  private final long[] runs;
  private final long period;

  ConcatenatedSource(int axis, List<WeightRef> parts) {
    this.parts = parts;
    this.runs = new long[parts.size()];
    long sum = 0;
    for (int i = 0; i < runs.length; i++) {
      Shape shape = parts.get(i).type().shape();
      runs[i] = shape.slice(axis, shape.rank()).elementCount();
      sum += runs[i];
    }
    this.period = sum;
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    int size = parts.get(0).dtype().byteSize();
    int end = target.limit();
    long at = start;
    while (target.position() < end) {
      long row = at / period;
      long within = at % period;
      int part = 0;
      while (within >= runs[part]) {
        within -= runs[part++];
      }
      long count = Math.min(runs[part] - within, (end - target.position()) / size);
      target.limit(target.position() + (int) count * size);
      parts.get(part).read(row * runs[part] + within, target);
      target.limit(end);
      at += count;
    }
  }
}
