package io.github.weighbridge.exporter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Float8;
import io.github.weighbridge.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models in other types than float32: run all the same, and said where they run in float32. */
class PrecisionTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT16", "BFLOAT16", "FLOAT64"})
  void convolutions(DataType dtype) throws Exception {
    Sample s = new Sample(new Random(1));
    Window window = Window.of(List.of(2, 2), List.of(1, 1), Padding.none(2));
    Value image = s.input(s.numbers(dtype, 2, 3, 5, 4), 0);
    Value kernel = s.builder.constant("kernel", s.numbers(dtype, 2, 2, 3, 2));
    Value bias = s.builder.constant("bias", s.numbers(dtype, 2));
    s.output(new Conv(window, 1, 1), image, kernel, bias).check(folder, 17, 2e-5);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT16", "BFLOAT16", "FLOAT64"})
  void recurrence(DataType dtype) throws Exception {
    Sample s = new Sample(new Random(2));
    Unary tanh = Unary.of(UnaryFunction.TANH);
    Unary sigmoid = Unary.of(UnaryFunction.SIGMOID);
    s.output(
            new Recurrent(Recurrent.Cell.LSTM, 2, tanh, sigmoid, false, false),
            s.input(s.numbers(dtype, 2, 3, 4)),
            s.builder.constant("kernel", s.numbers(dtype, 4, 8)),
            s.builder.constant("recurrent", s.numbers(dtype, 2, 8)),
            s.builder.constant("bias", s.numbers(dtype, 8)))
        .check(folder, 17, 2e-5);
  }

  @Test
  void roundsToEightBits() throws Exception {
    Sample s = new Sample(new Random(5));
    List<Float> numbers = new ArrayList<>(List.of(0f, -0f, 463.9f, 464f, 465f, 1e9f));
    for (int bits = 0; bits < 126; bits++) {
      float low = Float8.fromE4m3fn((byte) bits);
      float tie = (low + Float8.fromE4m3fn((byte) (bits + 1))) / 2;
      numbers.addAll(List.of(low, Math.nextDown(low), tie, Math.nextUp(tie), -Math.nextDown(tie)));
    }
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    Value x = s.input(Tensor.of(values, values.length));
    Value rounded = s.builder.add("rounded", new Cast(DataType.FLOAT8_E4M3FN), x);
    s.output(new Cast(DataType.FLOAT32), rounded).check(folder, 17, 0);
  }

  @Test
  void bytesAddUpToMore() throws Exception {
    Sample s = new Sample(new Random(6));
    Value x = s.input(s.numbers(DataType.INT8, 2, 3, 40));
    Value kernel = s.builder.constant("kernel", s.numbers(DataType.INT8, 40, 5));
    s.output(new MatMul(), x, kernel).check(folder, 17, 0);
  }

  @Test
  void doublesAreAnnouncedOnce() throws Exception {
    Sample s = new Sample(new Random(3));
    Value x = s.input(s.numbers(DataType.FLOAT64, 2, 3));
    s.output(new MatMul(), x, s.builder.constant("w", s.numbers(DataType.FLOAT64, 3, 2)));
    List<Problem> warnings =
        OnnxExporter.write(s.graph(), folder.resolve("m.onnx"), OnnxOptions.DEFAULTS, Map.of());
    assertThat(warnings)
        .extracting(Problem::toString)
        .containsExactly(
            "ONNX Runtime computes float64 models in float32; expect differences of about 1e-7"
                + " relative to the largest number on the way");
  }

  @Test
  void bfloat16IsRoundedLessThanByKeras() throws Exception {
    Sample s = new Sample(new Random(5));
    s.output(Unary.of(UnaryFunction.RELU), s.input(s.numbers(DataType.BFLOAT16, 2, 3)));
    assertThat(
            OnnxExporter.write(s.graph(), folder.resolve("m.onnx"), OnnxOptions.DEFAULTS, Map.of()))
        .extracting(Problem::toString)
        .containsExactly(
            "ONNX Runtime computes bfloat16 models in float32; expect differences of about 4e-3"
                + " relative to the largest number on the way");
  }

  @Test
  void float32IsNotMentioned() throws Exception {
    Sample s = new Sample(new Random(4));
    s.output(Unary.of(UnaryFunction.RELU), s.floats(3));
    assertThat(
            OnnxExporter.write(s.graph(), folder.resolve("m.onnx"), OnnxOptions.DEFAULTS, Map.of()))
        .isEmpty();
  }
}
