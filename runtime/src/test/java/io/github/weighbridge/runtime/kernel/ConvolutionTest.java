package io.github.weighbridge.runtime.kernel;

import static io.github.weighbridge.runtime.Parity.check;
import static io.github.weighbridge.runtime.Parity.random;

import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void convolutions(int rank) {
    Random random = new Random(rank);
    for (int i = 0; i < 60; i++) {
      boolean grouped = random.nextInt(3) == 0;
      int groups = grouped ? 1 + random.nextInt(4) : 1;
      int in = groups * (grouped && random.nextBoolean() ? 1 : 1 + random.nextInt(3));
      int out = groups * (1 + random.nextInt(3));
      Window window = window(random, rank);
      long[] image = image(random, rank, in);
      long[] kernel = new long[rank + 2];
      for (int k = 0; k < rank; k++) {
        kernel[k] = window.size().get(k);
      }
      kernel[rank] = in / groups;
      kernel[rank + 1] = out;
      @Nullable Tensor bias = random.nextBoolean() ? random(3, out) : null;
      check(new Conv(window, groups, rank + 1), random(1, image), random(2, kernel), bias);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void doublePrecision(int rank) {
    Window window =
        Window.of(
            Collections.nCopies(rank, 2),
            Collections.nCopies(rank, 1),
            Padding.sameAtRunTime(rank));
    long[] kernel = new long[rank + 2];
    Arrays.fill(kernel, 2);
    check(
        new Conv(window, 1, rank + 1),
        random(1, image(new Random(1), rank, 2)).cast(DataType.FLOAT64),
        random(2, kernel).cast(DataType.FLOAT64),
        random(2, 2).cast(DataType.FLOAT64));
  }

  static long[] image(Random random, int rank, int channels) {
    long[] sizes = new long[rank + 2];
    sizes[0] = 1L + random.nextInt(2);
    for (int i = 1; i <= rank; i++) {
      sizes[i] = 7L + random.nextInt(4);
    }
    sizes[rank + 1] = channels;
    return sizes;
  }

  static Window window(Random random, int rank) {
    List<Integer> size = numbers(random, rank, 1, 3);
    boolean dilated = random.nextInt(3) == 0;
    List<Integer> dilations = dilated ? numbers(random, rank, 1, 2) : Collections.nCopies(rank, 1);
    List<Integer> strides = numbers(random, rank, 1, random.nextBoolean() ? 1 : 3);
    Padding padding =
        switch (random.nextInt(4)) {
          case 0 -> Padding.sameAtRunTime(rank);
          case 1 -> Padding.none(rank);
          case 2 -> {
            List<Integer> both = numbers(random, rank, 0, 1);
            yield Padding.of(both, both);
          }
          default -> Padding.of(numbers(random, rank, 0, 2), numbers(random, rank, 0, 2));
        };
    return new Window(size, strides, dilations, padding);
  }

  private static List<Integer> numbers(Random random, int count, int from, int to) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(from + random.nextInt(to - from + 1));
    }
    return numbers;
  }
}
