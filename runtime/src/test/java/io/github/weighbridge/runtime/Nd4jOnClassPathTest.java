package io.github.weighbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2D;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The reduced set of ND4J jars still computes: one factory call, native operations through a
 * context.
 */
class Nd4jOnClassPathTest {
  @Test
  void runsNativeOperations() throws Exception {
    INDArray a = Nd4j.create(new float[] {1, 2, 3, 4}, new long[] {2, 2});
    INDArray z = Nd4j.createUninitialized(DataType.FLOAT, 2, 2);
    try (OpContext context = Nd4j.getExecutioner().buildContext()) {
      context.setInputArrays(a, a);
      context.setOutputArrays(z);
      Nd4j.getExecutioner().exec(new Mmul(), context);
    }
    assertThat(z.data().asFloat()).containsExactly(7, 10, 15, 22);

    INDArray image = Nd4j.ones(DataType.FLOAT, 1, 5, 5, 2);
    INDArray kernel = Nd4j.ones(DataType.FLOAT, 3, 3, 2, 4);
    INDArray out = Nd4j.createUninitialized(DataType.FLOAT, 1, 3, 3, 4);
    try (OpContext context = Nd4j.getExecutioner().buildContext()) {
      context.setInputArrays(image, kernel);
      context.setOutputArrays(out);
      context.setIArguments(3, 3, 1, 1, 0, 0, 1, 1, 0, 1, 0);
      Nd4j.getExecutioner().exec(new Conv2D(), context);
    }
    assertThat(out.data().asFloat()).containsOnly(18f);
  }
}
