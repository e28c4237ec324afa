package io.github.weighbridge.api;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far two weights are from each other, read tile by tile.
 *
 * @param max the largest difference of an element; infinite without counterparts, NaN against a
 *     number
 * @param mean the mean difference
 */
record WeightDistance(double max, double mean) {

  private static final int TILE_ELEMENTS = 1 << 20;

  static WeightDistance between(@Nullable WeightRef a, @Nullable WeightRef b) {
    if (a == null || b == null || !a.type().shape().equals(b.type().shape())) {
      return new WeightDistance(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    if (a.dtype() == DataType.STRING || b.dtype() == DataType.STRING) {
      boolean same =
          a.dtype() == b.dtype() && Arrays.equals(a.load().strings(), b.load().strings());
      double distance = same ? 0 : Double.POSITIVE_INFINITY;
      return new WeightDistance(distance, distance);
    }
    long count = a.count();
    double max = 0;
    double sum = 0;
    for (long start = 0; start < count; start += TILE_ELEMENTS) {
      int size = (int) Math.min(TILE_ELEMENTS, count - start);
      Tensor x = tile(a, start, size);
      Tensor y = tile(b, start, size);
      for (int i = 0; i < size; i++) {
        double left = x.getDouble(i);
        double right = y.getDouble(i);
        // Equal infinities differ by nothing, and so do two NaN.
        double difference = Double.compare(left, right) == 0 ? 0 : Math.abs(left - right);
        if (Double.isNaN(difference)) {
          return new WeightDistance(Double.NaN, Double.NaN);
        }
        max = Math.max(max, difference);
        sum += difference;
      }
    }
    return new WeightDistance(max, count == 0 ? 0 : sum / count);
  }

  private static Tensor tile(WeightRef weight, long start, int count) {
    ByteBuffer bytes =
        ByteBuffer.allocate(count * weight.dtype().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
    try {
      weight.read(start, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Tensor.of(weight.dtype(), bytes.flip().order(ByteOrder.LITTLE_ENDIAN), count);
  }
}
