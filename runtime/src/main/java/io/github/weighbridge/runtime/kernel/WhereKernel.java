package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.ByteBuffer;

/** Choice between two arrays, element by element as bytes. */
final class WhereKernel implements Kernel<Where> {

  @Override
  public Task prepare(Where op, StepArrays arrays) {
    NativeArray condition = arrays.input(0);
    NativeArray x = arrays.input(1);
    NativeArray y = arrays.input(2);
    NativeArray z = arrays.output();
    int size = z.dtype().byteSize();
    BroadcastWalk walk = new BroadcastWalk(z, condition, x, y);
    ByteBuffer conditions = condition.bytes();
    ByteBuffer result = z.bytes();
    return () ->
        walk.forEachRun(
            (at, from) -> {
              for (int i = 0; i < walk.runLength(); i++) {
                int operand = conditions.get(from[0] + i * walk.step(0)) != 0 ? 1 : 2;
                ByteBuffer source = operand == 1 ? x.bytes() : y.bytes();
                int index = from[operand] + i * walk.step(operand);
                copy(source, index, result, at + i, size);
              }
            });
  }

  private static void copy(ByteBuffer source, int from, ByteBuffer target, int to, int size) {
    switch (size) {
      case 1 -> target.put(to, source.get(from));
      case 4 -> target.putInt(to * 4, source.getInt(from * 4));
      case 8 -> target.putLong(to * 8, source.getLong(from * 8));
      default -> target.put(to * size, source, from * size, size);
    }
  }
}
