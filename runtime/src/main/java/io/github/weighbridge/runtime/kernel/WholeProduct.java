package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.Arrays;

/**
 * Products of matrices of whole numbers, which ND4J would round through floating point. The right
 * matrix is read row by row, as it stands in memory.
 */
record WholeProduct(NativeArray a, NativeArray b, NativeArray z) implements Task {

  @Override
  public void run() {
    int k = (int) b.size(b.rank() - 2);
    int n = (int) b.size(b.rank() - 1);
    int m = (int) a.size(a.rank() - 2);
    boolean single = b.count() == k * n;
    long[] sums = new long[n];
    for (int row = 0; row < z.count() / n; row++) {
      int matrix = single ? 0 : row / m * k * n;
      Arrays.fill(sums, 0);
      for (int i = 0; i < k; i++) {
        addScaled(sums, a.getLong(row * k + i), matrix + i * n);
      }
      for (int column = 0; column < n; column++) {
        z.putLong(row * n + column, sums[column]);
      }
    }
  }

  private void addScaled(long[] sums, long factor, int from) {
    if (factor != 0) {
      for (int column = 0; column < sums.length; column++) {
        sums[column] += factor * b.getLong(from + column);
      }
    }
  }
}
