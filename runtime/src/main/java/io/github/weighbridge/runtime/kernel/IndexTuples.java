package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.runtime.nd4j.NativeArray;
import java.util.Arrays;

/**
 * Tuples of indices, each of which finds a slice: of an array {@code [batch..., indexed axes...,
 * slice...]} by indices {@code [batch..., ..., tuple]}. Every index is checked.
 */
final class IndexTuples {

  private final NativeArray indices;
  private final IndexRange[] ranges;
  private final int[] strides;
  private final int count;
  private final int perBatch;
  private final int batchSize;
  private final int sliceSize;

  IndexTuples(String step, String operation, NativeArray data, NativeArray indices, int batchDims) {
    this.indices = indices;
    int width = Math.toIntExact(indices.size(indices.rank() - 1));
    int[] strides = AxisCopy.strides(data);
    this.ranges = new IndexRange[width];
    this.strides = Arrays.copyOfRange(strides, batchDims, batchDims + width);
    for (int k = 0; k < width; k++) {
      ranges[k] = new IndexRange(step, operation, Math.toIntExact(data.size(batchDims + k)));
    }
    long[] tuples = Arrays.copyOf(indices.sizes(), indices.rank() - 1);
    Lines batches = Lines.of(tuples, batchDims, tuples.length);
    this.count = batches.outer() * batches.size();
    this.perBatch = batches.size();
    Lines slices = Lines.of(data.sizes(), batchDims, batchDims + width);
    this.batchSize = slices.size() * slices.inner();
    this.sliceSize = slices.inner();
  }

  /** How many tuples there are. */
  int count() {
    return count;
  }

  /** How many elements a slice has. */
  int sliceSize() {
    return sliceSize;
  }

  /** The first element of the slice that a tuple finds. */
  int start(int tuple) {
    int start = tuple / perBatch * batchSize;
    for (int k = 0; k < ranges.length; k++) {
      start += ranges[k].checked(indices.getLong(tuple * ranges.length + k)) * strides[k];
    }
    return start;
  }
}
