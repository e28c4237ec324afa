package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Float8;
import io.github.weighbridge.core.tensor.HalfFloat;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.FloatBuffer;

/** Rounds float32 numbers to those that a smaller type has. */
record Rounding(NativeArray array, DataType dtype) implements Task {

  @Override
  public void run() {
    FloatBuffer numbers = array.floats();
    for (int i = 0; i < numbers.capacity(); i++) {
      numbers.put(i, rounded(numbers.get(i)));
    }
  }

  private float rounded(float x) {
    if (dtype == DataType.BFLOAT16) {
      return HalfFloat.fromBfloat16(HalfFloat.toBfloat16(x));
    }
    return dtype == DataType.FLOAT16
        ? HalfFloat.fromFloat16(HalfFloat.toFloat16(x))
        : (float) Float8.roundE4m3fn(x);
  }
}
