package io.github.weighbridge.runtime.kernel;

import static io.github.weighbridge.runtime.Parity.check;
import static io.github.weighbridge.runtime.Parity.random;
import static io.github.weighbridge.runtime.Parity.randomInts;

import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ProductsTest {

  @Test
  void matricesAndVectors() {
    for (int m : new int[] {1, 2, 7, 33}) {
      for (int k : new int[] {1, 3, 17}) {
        for (int n : new int[] {1, 5, 64}) {
          check(new MatMul(), random(1, m, k), random(2, k, n));
        }
      }
    }
  }

  @Test
  void leadingAxes() {
    check(new MatMul(), random(1, 2, 3, 4, 5), random(2, 5, 6));
    check(new MatMul(), random(1, 3, 4, 5), random(2, 3, 5, 2));
    check(new MatMul(), random(1, 2, 3, 4, 5), random(2, 2, 3, 5, 2));
    check(new MatMul(), random(1, 4, 5), random(2, 3, 5, 2));
    check(new MatMul(), random(1, 2, 1, 4, 5), random(2, 3, 5, 2));
    check(new MatMul(), random(1, 2, 3, 4, 5), random(2, 1, 1, 5, 2));
    check(new MatMul(), random(1, 1, 4, 5), random(2, 3, 5, 1));
  }

  @Test
  void otherTypes() {
    check(
        new MatMul(),
        random(1, 3, 4).cast(DataType.FLOAT64),
        random(2, 4, 5).cast(DataType.FLOAT64));
    check(
        new MatMul(),
        random(1, 3, 4).cast(DataType.FLOAT16),
        random(2, 4, 5).cast(DataType.FLOAT16));
    check(new MatMul(), randomInts(1, 9, 3, 4), randomInts(2, 9, 4, 5));
    check(new MatMul(), randomInts(1, 9, 2, 3, 4), randomInts(2, 9, 2, 4, 5));
  }

  @Test
  void bytesAddUpToMore() {
    Tensor a = randomInts(1, 127, 3, 40).cast(DataType.INT8);
    check(new MatMul(), a, randomInts(2, 127, 40, 5).cast(DataType.INT8));
    check(new MatMul(), a, randomInts(2, 127, 2, 40, 5).cast(DataType.INT8));
  }

  @Test
  void nothingToAddOrNothingToCompute() {
    check(new MatMul(), random(1, 3, 0), random(2, 0, 5));
    check(new MatMul(), random(1, 0, 4), random(2, 4, 5));
  }
}
