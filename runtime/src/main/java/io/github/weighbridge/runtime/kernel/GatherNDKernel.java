package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.GatherND;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.ByteBuffer;

/** Slices by tuples of indices, copied as bytes. */
final class GatherNDKernel implements Kernel<GatherND> {

  @Override
  public Task prepare(GatherND op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    IndexTuples tuples =
        new IndexTuples(arrays.name(), op.name(), x, arrays.input(1), op.batchDims());
    ByteBuffer data = x.bytes();
    ByteBuffer result = arrays.output().bytes();
    int size = x.dtype().byteSize();
    int sliceBytes = tuples.sliceSize() * size;
    return () -> {
      for (int t = 0; t < tuples.count(); t++) {
        result.put(t * sliceBytes, data, tuples.start(t) * size, sliceBytes);
      }
    };
  }
}
