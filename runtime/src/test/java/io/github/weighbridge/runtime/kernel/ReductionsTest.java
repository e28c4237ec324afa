package io.github.weighbridge.runtime.kernel;

import static io.github.weighbridge.runtime.Parity.check;
import static io.github.weighbridge.runtime.Parity.random;
import static io.github.weighbridge.runtime.Parity.randomInts;

import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.LayerNormalization;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReductionsTest {

  @ParameterizedTest
  @EnumSource(Reduce.Function.class)
  void reductions(Reduce.Function function) {
    boolean logical = function == Reduce.Function.ANY || function == Reduce.Function.ALL;
    List<List<Integer>> axes =
        List.of(
            List.of(0),
            List.of(1),
            List.of(3),
            List.of(1, 2),
            List.of(0, 3),
            List.of(1, 3),
            List.of(0, 1, 2, 3));
    for (List<Integer> some : axes) {
      for (boolean keep : new boolean[] {false, true}) {
        Reduce op = new Reduce(function, some, keep);
        Tensor x = randomInts(1, 4, 2, 3, 4, 5);
        if (logical) {
          check(op, x.cast(DataType.BOOL));
          continue;
        }
        check(op, random(1, 2, 3, 4, 5));
        check(op, random(1, 2, 3, 4, 5).cast(DataType.FLOAT64));
        check(op, x);
        check(op, x.cast(DataType.INT64));
      }
    }
    if (!logical && function != Reduce.Function.PRODUCT) {
      check(new Reduce(function, List.of(1), false), random(1, 2, 3000));
      check(new Reduce(function, List.of(1), false), random(1, 1, 200000));
      check(new Reduce(function, List.of(1), false), random(1, 2, 150, 7));
      check(new Reduce(function, List.of(1), false), random(1, 2, 3, 1500));
    }
  }

  @Test
  void softmax() {
    for (boolean log : new boolean[] {false, true}) {
      for (int axis = 0; axis < 3; axis++) {
        check(new Softmax(axis, log), random(1, 2, 3, 4));
        check(new Softmax(axis, log), random(1, 2, 3, 4).cast(DataType.FLOAT64));
      }
      for (int axis = 0; axis < 4; axis++) {
        check(new Softmax(axis, log), random(1, 2, 5, 3, 4));
      }
      check(new Softmax(1, log), Tensor.of(new float[] {1000, 1001, -1000, 0, 0, 0}, 2, 3));
      check(new Softmax(1, log), Tensor.of(new double[] {-2e38, -2e38, -1e9, -2e38}, 2, 2));
      check(new Softmax(1, log), random(1, 1, 5000));
      check(new Softmax(0, log), random(1, 5));
    }
  }

  @Test
  void sumsAndOrders() {
    for (int axis = 0; axis < 3; axis++) {
      check(new CumSum(axis), random(1, 2, 3, 4));
      check(new CumSum(axis), randomInts(1, 9, 2, 3, 4));
      check(new ArgSort(axis, false), randomInts(1, 3, 2, 3, 4));
      check(new ArgSort(axis, true), randomInts(1, 3, 2, 3, 4).cast(DataType.FLOAT32));
    }
  }

  @Test
  void batchNormalization() {
    for (int axis = 1; axis < 4; axis++) {
      long n = axis == 1 ? 3 : axis == 2 ? 4 : 5;
      Tensor variance = random(6, n);
      double[] positive = new double[(int) n];
      for (int i = 0; i < n; i++) {
        positive[i] = Math.abs(variance.getDouble(i)) + 0.1;
      }
      Tensor v = Tensor.of(positive, n);
      for (DataType dtype : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
        check(
            new BatchNormalization(1e-3, axis),
            random(1, 2, 3, 4, 5).cast(dtype),
            random(2, n).cast(dtype),
            random(3, n).cast(dtype),
            random(4, n).cast(dtype),
            v.cast(dtype));
      }
    }
  }

  @Test
  void layerNormalization() {
    check(new LayerNormalization(2, 1e-3), random(1, 2, 3, 7), random(2, 7), random(3, 7));
    check(new LayerNormalization(1, 1e-3), random(1, 2, 3, 7), random(2, 3, 7));
    check(
        new LayerNormalization(1, 0.1),
        random(1, 2, 7).cast(DataType.FLOAT64),
        random(2, 7).cast(DataType.FLOAT64));
  }

  @Test
  void identityIsAView() {
    check(Unary.of(UnaryFunction.IDENTITY), random(1, 3));
  }
}
