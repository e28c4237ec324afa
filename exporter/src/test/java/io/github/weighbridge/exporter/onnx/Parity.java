package io.github.weighbridge.exporter.onnx;

import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Tables of samples as tests: each row at several opsets, each with its own seed. */
final class Parity {

  /** The oldest, the default, the one that moved axes to inputs, and newer ones. */
  static final int[] OPSETS = {13, 17, 18, 21, 23};

  /**
   * Float32 against double: sums of a few dozen numbers of about 1, and ONNX Runtime's polynomials
   * for exp, tanh and erf, differ by some 1e-6.
   */
  static final double TOLERANCE = 1e-5;

  private Parity() {}

  static <R> Stream<DynamicTest> tests(
      Path folder, Stream<R> rows, Function<R, String> name, Function<R, Consumer<Sample>> sample) {
    return tests(folder, OPSETS[0], rows, name, sample);
  }

  /** Tests of what ONNX can express from an opset on. */
  static <R> Stream<DynamicTest> tests(
      Path folder,
      int since,
      Stream<R> rows,
      Function<R, String> name,
      Function<R, Consumer<Sample>> sample) {
    return rows.flatMap(
        row ->
            IntStream.of(OPSETS)
                .filter(opset -> opset >= since)
                .mapToObj(
                    opset -> {
                      // The name decides the numbers: a row that is added changes no other.
                      long seed = 31L * name.apply(row).hashCode() + opset;
                      return DynamicTest.dynamicTest(
                          name.apply(row) + ", opset " + opset + ", seed " + seed,
                          () -> {
                            Sample one = new Sample(new Random(seed));
                            sample.apply(row).accept(one);
                            one.check(folder, opset, TOLERANCE);
                          });
                    }));
  }
}
