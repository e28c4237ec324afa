package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.HalfFloat;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.FloatBuffer;

/** Rounds float32 numbers to those that a 16-bit type has. */
record Rounding(NativeArray array, DataType dtype) implements Task {

  @Override
  public void run() {
    FloatBuffer numbers = array.floats();
    boolean brain = dtype == DataType.BFLOAT16;
    for (int i = 0; i < numbers.capacity(); i++) {
      float x = numbers.get(i);
      numbers.put(
          i,
          brain
              ? HalfFloat.fromBfloat16(HalfFloat.toBfloat16(x))
              : HalfFloat.fromFloat16(HalfFloat.toFloat16(x)));
    }
  }
}
