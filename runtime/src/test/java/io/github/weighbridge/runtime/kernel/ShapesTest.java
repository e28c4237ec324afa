package io.github.weighbridge.runtime.kernel;

import static io.github.weighbridge.runtime.Parity.check;
import static io.github.weighbridge.runtime.Parity.random;
import static io.github.weighbridge.runtime.Parity.randomInts;

import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapesTest {

  private static long[] sizes(Random random, int rank) {
    long[] sizes = new long[rank];
    for (int i = 0; i < rank; i++) {
      sizes[i] = 1L + random.nextInt(5);
    }
    return sizes;
  }

  @Test
  void transpositions() {
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      List<Integer> perm = new ArrayList<>();
      for (int k = 0; k < 1 + i % 5; k++) {
        perm.add(k);
      }
      Collections.shuffle(perm, random);
      check(new Transpose(perm), random(1, sizes(random, perm.size())));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"BOOL", "INT16", "INT64", "FLOAT64", "UINT8", "BFLOAT16"})
  void copiesOfAllTypes(DataType dtype) {
    Tensor x = randomInts(1, 2, 3, 4, 5).cast(dtype);
    check(new Transpose(List.of(2, 0, 1)), x);
    check(new Pad(List.of(1L, 0L, 2L), List.of(0L, 1L, 1L), Pad.Mode.CONSTANT, 1), x);
    check(new Gather(1, 0), x, randomInts(2, 4, 6));
    check(Slice.reversed(2), x);
  }

  @Test
  void slices() {
    Random random = new Random(2);
    for (int i = 0; i < 100; i++) {
      List<Integer> axes = i % 2 == 0 ? List.of(1) : List.of(0, 2);
      List<Long> starts = new ArrayList<>();
      List<Long> ends = new ArrayList<>();
      List<Long> steps = new ArrayList<>();
      for (int k = 0; k < axes.size(); k++) {
        boolean back = random.nextInt(3) == 0;
        starts.add((long) random.nextInt(12) - 6);
        ends.add(
            random.nextBoolean()
                ? (back ? Slice.TO_BEGIN : Slice.TO_END)
                : (long) random.nextInt(12) - 6);
        steps.add((1L + random.nextInt(3)) * (back ? -1 : 1));
      }
      check(new Slice(axes, starts, ends, steps), random(1, 4, 5, 6));
    }
  }

  @Test
  void joins() {
    for (int axis = 0; axis < 3; axis++) {
      long[] a = {2, 3, 4};
      long[] b = {2, 3, 4};
      b[axis] = 5;
      check(new Concat(axis), random(1, a), random(2, b), random(3, a));
    }
    check(new Concat(0), random(1, 3));
  }

  @ParameterizedTest
  @EnumSource(Pad.Mode.class)
  void padding(Pad.Mode mode) {
    check(new Pad(List.of(0L, 2L, 1L), List.of(0L, 1L, 3L), mode, -1.5), random(1, 2, 3, 4));
    check(new Pad(List.of(0L, 0L, 0L), List.of(0L, 0L, 0L), mode, 0), random(1, 2, 3, 4));
  }

  @Test
  void gathering() {
    check(new Gather(0, 0), random(1, 7, 3), randomInts(2, 7, 2, 5));
    check(new Gather(1, 0), random(1, 2, 7, 3), randomInts(2, 7, 4));
    check(new Gather(2, 0), random(1, 2, 3, 7), randomInts(2, 7, 2, 2));
    check(new Gather(1, 1), random(1, 2, 7, 3), randomInts(2, 7, 2, 4));
    check(new Gather(1, 1), random(1, 2, 7), randomInts(2, 7, 2, 4).cast(DataType.INT64));
    check(new Gather(0, 0), random(1, 7, 3), randomInts(2, 7));
  }

  @Test
  void views() {
    check(new Reshape(List.of(new DimSource.Of(0, 0), new DimSource.Rest())), random(1, 2, 3, 4));
    check(new Squeeze(List.of(1, 3)), random(1, 2, 1, 4, 1));
    check(new Unsqueeze(List.of(0, 2)), random(1, 2, 3));
    check(
        new Expand(List.of(new DimSource.Fixed(4), new DimSource.Fixed(3), new DimSource.Fixed(2))),
        random(1, 3, 1));
    check(new Expand(List.of(new DimSource.Fixed(1), new DimSource.Fixed(3))), random(1, 3));
  }
}
