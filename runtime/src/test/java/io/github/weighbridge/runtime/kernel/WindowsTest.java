package io.github.weighbridge.runtime.kernel;

import static io.github.weighbridge.runtime.Parity.check;
import static io.github.weighbridge.runtime.Parity.random;

import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void pools(int rank) {
    Random random = new Random(rank);
    for (int i = 0; i < 60; i++) {
      Window window = ConvolutionTest.window(random, rank);
      if (padsAWholeWindow(window)) {
        continue;
      }
      Tensor image = random(1, ConvolutionTest.image(random, rank, 1 + random.nextInt(3)));
      for (Pool.Kind kind : Pool.Kind.values()) {
        check(new Pool(kind, window, rank + 1), image);
      }
      check(new Pool(Pool.Kind.MAX, window, rank + 1), image.cast(DataType.FLOAT64));
    }
  }

  /** A window that sees nothing but padding has no maximum. */
  private static boolean padsAWholeWindow(Window window) {
    for (int i = 0; i < window.rank(); i++) {
      int most = Math.max(window.padding().begin().get(i), window.padding().end().get(i));
      if (!window.padding().same() && most >= window.size().get(i)) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void transposedConvolutions(int rank) {
    Random random = new Random(rank);
    for (int i = 0; i < 60; i++) {
      Window window = ConvolutionTest.window(random, rank);
      if (window.padding().same()) {
        continue;
      }
      List<Integer> outputPadding = new ArrayList<>();
      for (int k = 0; k < rank; k++) {
        outputPadding.add(random.nextInt(2));
      }
      int in = 1 + random.nextInt(3);
      int out = 1 + random.nextInt(3);
      long[] kernel = new long[rank + 2];
      for (int k = 0; k < rank; k++) {
        kernel[k] = window.size().get(k);
      }
      kernel[rank] = out;
      kernel[rank + 1] = in;
      @Nullable Tensor bias = random.nextBoolean() ? random(3, out) : null;
      check(
          new ConvTranspose(window, outputPadding, rank + 1),
          random(1, ConvolutionTest.image(random, rank, in)),
          random(2, kernel),
          bias);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void enlargements(int rank) {
    Random random = new Random(rank);
    for (Resize.Method method : Resize.Method.values()) {
      for (int i = 0; i < 5; i++) {
        List<Integer> factors = new ArrayList<>();
        for (int k = 0; k < rank; k++) {
          factors.add(1 + random.nextInt(3));
        }
        long[] image = ConvolutionTest.image(random, rank, 3);
        image[1] = 1L + random.nextInt(4);
        check(Resize.by(method, factors, rank + 1), random(1, image));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void changesOfSize(int rank) {
    Random random = new Random(rank);
    for (Resize.Method method : Resize.Method.values()) {
      for (int i = 0; i < 10; i++) {
        List<Integer> sizes = new ArrayList<>();
        for (int k = 0; k < rank; k++) {
          sizes.add(1 + random.nextInt(9));
        }
        long[] image = ConvolutionTest.image(random, rank, 3);
        check(Resize.to(method, sizes, rank + 1), random(1, image));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void channelsFirst(int rank) {
    Random random = new Random(rank);
    for (int i = 0; i < 10; i++) {
      Window window = ConvolutionTest.window(random, rank);
      long[] image = ConvolutionTest.image(random, rank, 7);
      image[1] = 2;
      long[] kernel = new long[rank + 2];
      for (int k = 0; k < rank; k++) {
        kernel[k] = window.size().get(k);
      }
      kernel[rank] = 2;
      kernel[rank + 1] = 3;
      check(new Conv(window, 1, 1), random(1, image), random(2, kernel), random(3, 3));
      if (!padsAWholeWindow(window)) {
        check(new Pool(Pool.Kind.AVERAGE, window, 1), random(1, image));
      }
      if (!window.padding().same()) {
        kernel[rank] = 3;
        kernel[rank + 1] = 2;
        List<Integer> none = Collections.nCopies(rank, 0);
        check(new ConvTranspose(window, none, 1), random(1, image), random(2, kernel));
      }
      check(Resize.by(Resize.Method.LINEAR, Collections.nCopies(rank, 2), 1), random(1, image));
    }
  }
}
