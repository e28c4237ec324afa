package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Sums, means and extrema of float32 lines. Rows of neighbours are folded as vectors; float32 sums
 * are kept short and added up in double precision, so that long lines lose nothing.
 */
final class FloatReduction implements Task {

  /** After how many rows a float32 sum goes over into the double-precision one. */
  private static final int SHORT = 64;

  private final Reduce.Function function;
  private final Lines lines;
  private final FloatBuffer x;
  private final FloatBuffer z;
  private final float[] row;
  private final float[] folded;
  private final double[] total;

  FloatReduction(Reduce.Function function, Lines lines, NativeArray x, NativeArray z) {
    this.function = function;
    this.lines = lines;
    this.x = x.floats();
    this.z = z.floats();
    int width = lines.inner() == 1 ? FloatMath.CHUNK : Math.min(lines.inner(), FloatMath.CHUNK);
    this.row = new float[width];
    this.folded = new float[width];
    this.total = new double[width];
  }

  static boolean covers(Reduce.Function function) {
    return switch (function) {
      case SUM, MEAN, MAX, MIN -> true;
      case PRODUCT, ANY, ALL -> false;
    };
  }

  @Override
  public void run() {
    for (int o = 0; o < lines.outer(); o++) {
      if (lines.inner() == 1) {
        foldLine(o);
        continue;
      }
      for (int n = 0; n < lines.inner(); n += row.length) {
        foldRows(o, n, Math.min(row.length, lines.inner() - n));
      }
    }
  }

  /** A line whose elements are neighbours: columns of a chunk are folded like rows, then those. */
  private void foldLine(int o) {
    int start = o * lines.size();
    reset(row.length);
    for (int at = 0; at < lines.size(); at += row.length) {
      int n = Math.min(row.length, lines.size() - at);
      x.get(start + at, row, 0, n);
      fold(n);
      if (at / row.length % SHORT == SHORT - 1) {
        flush(row.length);
      }
    }
    flush(row.length);
    int used = Math.min(row.length, lines.size());
    double result = isSum() ? 0 : identity();
    for (int i = 0; i < used; i++) {
      result =
          isSum()
              ? result + total[i]
              : function == Reduce.Function.MAX
                  ? Math.max(result, folded[i])
                  : Math.min(result, folded[i]);
    }
    z.put(o, (float) (function == Reduce.Function.MEAN ? result / lines.size() : result));
  }

  private void foldRows(int o, int from, int n) {
    reset(n);
    for (int i = 0; i < lines.size(); i++) {
      x.get(lines.start(o, from) + i * lines.inner(), row, 0, n);
      fold(n);
      if (i % SHORT == SHORT - 1) {
        flush(n);
      }
    }
    flush(n);
    if (isSum()) {
      double divisor = function == Reduce.Function.MEAN ? lines.size() : 1;
      for (int i = 0; i < n; i++) {
        folded[i] = (float) (total[i] / divisor);
      }
    }
    z.put(o * lines.inner() + from, folded, 0, n);
  }

  private boolean isSum() {
    return function == Reduce.Function.SUM || function == Reduce.Function.MEAN;
  }

  private float identity() {
    return switch (function) {
      case MAX -> Float.NEGATIVE_INFINITY;
      case MIN -> Float.POSITIVE_INFINITY;
      case SUM, MEAN, PRODUCT, ANY, ALL -> 0;
    };
  }

  private void reset(int n) {
    Arrays.fill(folded, 0, n, identity());
    Arrays.fill(total, 0, n, 0);
  }

  private void fold(int n) {
    switch (function) {
      case MAX -> {
        for (int i = 0; i < n; i++) {
          folded[i] = Math.max(folded[i], row[i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          folded[i] = Math.min(folded[i], row[i]);
        }
      }
      case SUM, MEAN, PRODUCT, ANY, ALL -> {
        for (int i = 0; i < n; i++) {
          folded[i] += row[i];
        }
      }
    }
  }

  /** Adds the short sums to the long ones. */
  private void flush(int n) {
    if (isSum()) {
      for (int i = 0; i < n; i++) {
        total[i] += folded[i];
        folded[i] = 0;
      }
    }
  }
}
