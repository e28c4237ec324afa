package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.ByteBuffer;

/** Single elements by index, copied as bytes line by line. */
final class GatherElementsKernel implements Kernel<GatherElements> {

  @Override
  public Task prepare(GatherElements op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray indices = arrays.input(1);
    Lines from = Lines.of(x.sizes(), op.axis(), op.axis() + 1);
    Lines to = Lines.of(indices.sizes(), op.axis(), op.axis() + 1);
    IndexRange range = new IndexRange(arrays.name(), op.name(), from.size());
    ByteBuffer data = x.bytes();
    ByteBuffer result = arrays.output().bytes();
    int size = x.dtype().byteSize();
    return () -> {
      for (int o = 0; o < to.outer(); o++) {
        for (int i = 0; i < to.size() * to.inner(); i++) {
          int target = o * to.size() * to.inner() + i;
          int index = range.checked(indices.getLong(target));
          int source = from.start(o, i % to.inner()) + index * from.inner();
          result.put(target * size, data, source * size, size);
        }
      }
    };
  }
}
