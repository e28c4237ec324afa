package io.github.weighbridge.exporter.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.op.ScatterND;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be written is told, all of it at once, and no file is left. */
class UnsupportedTest {

  @TempDir Path folder;

  @Test
  void everyOperationHasATranslator() {
    Set<Class<?>> permitted =
        Arrays.stream(Operation.class.getPermittedSubclasses())
            .flatMap(t -> t.isSealed() ? Arrays.stream(t.getPermittedSubclasses()) : Stream.of(t))
            .collect(Collectors.toSet());
    assertThat(OnnxTranslators.operations()).isEqualTo(permitted);
  }

  @Test
  void everyProblemIsTold() throws IOException {
    Sample s = new Sample(new Random(1));
    Value image = s.input(s.numbers(DataType.FLOAT32, 1, 2, 9), 2);
    Window window = new Window(List.of(3), List.of(2), List.of(2), Padding.sameAtRunTime(1));
    Value conv = s.builder.add("conv", new Conv(window, 1, 1), image, s.weight(3, 2, 2));
    Value relu = s.builder.add("relu", Unary.of(UnaryFunction.RELU), conv);
    Value cubic = s.builder.add("up", Resize.by(Resize.Method.CUBIC, List.of(2), 1), relu);
    Window dilated = new Window(List.of(2), List.of(1), List.of(2), Padding.none(1));
    s.output(s.builder.add("pool", new Pool(Pool.Kind.AVERAGE, dilated, 1), cubic));
    assertThatThrownBy(
            () ->
                OnnxExporter.write(
                    s.graph(),
                    folder.resolve("m.onnx"),
                    OnnxOptions.DEFAULTS.withOpset(17),
                    Map.of()))
        .isInstanceOf(ProblemsException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "layer 'conv' (Conv): \"same\" padding with strides and dilation must have a known"
                    + " image size, found image [1, 2, d02]; give the input a fixed height and"
                    + " width",
                "layer 'up' (Resize): cubic interpolation must have two spatial axes, found 1 of"
                    + " them; interpolate linearly",
                "layer 'pool' (Pool): average pooling must have no dilation before opset 19, found"
                    + " dilations [2] for opset 17; export with opset 19 or later"))
        .satisfies(
            refused ->
                assertThat(((ProblemsException) refused).problems())
                    .extracting(Problem::code)
                    .containsOnly(ProblemCode.OPERATION_UNSUPPORTED));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void operationsOfLaterOpsetsAreRefused() {
    Sample s = new Sample(new Random(1));
    Value data = s.input(s.numbers(DataType.INT32, 4, 3));
    Value rows = s.input(Tensor.of(new int[] {2, 0}, 2, 1));
    Value updates = s.input(s.numbers(DataType.INT32, 2, 3));
    s.output(s.builder.add("bits", new Binary(BinaryFunction.BITWISE_AND), data, data));
    for (ScatterND.Reduction reduction :
        List.of(ScatterND.Reduction.NONE, ScatterND.Reduction.ADD, ScatterND.Reduction.MAX)) {
      s.output(s.builder.add(reduction.name(), new ScatterND(reduction), data, rows, updates));
    }
    assertThatThrownBy(
            () ->
                OnnxExporter.write(
                    s.graph(),
                    folder.resolve("m.onnx"),
                    OnnxOptions.DEFAULTS.withOpset(15),
                    Map.of()))
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "layer 'bits' (BITWISE_AND): must not combine bits before opset 18, found opset 15;"
                    + " export with opset 18 or later",
                "layer 'ADD' (ScatterND): scattering must replace before opset 16, found reduction"
                    + " ADD for opset 15; export with opset 16 or later",
                "layer 'MAX' (ScatterND): scattering must replace before opset 18, found reduction"
                    + " MAX for opset 15; export with opset 18 or later"));
  }

  @Test
  void theDefaultOpsetGivesWayToWhatTheModelNeeds() throws Exception {
    Sample s = new Sample(new Random(1));
    Value data = s.input(s.numbers(DataType.INT32, 2, 1));
    s.output(s.builder.add("bits", new Binary(BinaryFunction.BITWISE_AND), data, data));
    Path file = folder.resolve("m.onnx");
    assertThat(OnnxExporter.write(s.graph(), file, OnnxOptions.DEFAULTS, Map.of()))
        .extracting(Problem::toString)
        .containsExactly(
            "is written for opset 18, the first with every operator that it needs; ask for opset 17"
                + " to see which these are");
    Tensor numbers = Tensor.of(new int[] {5, -3}, 2, 1);
    assertThat(OrtRun.run(file, List.of(numbers)).values())
        .singleElement()
        .satisfies(same -> assertThat(same.longs()).containsExactly(5, -3));
  }

  @Test
  void weightsOfHalfBytesAreRefused() {
    Sample s = new Sample(new Random(1));
    s.builder.constant("w", WeightRef.of(DataType.INT4, (start, target) -> {}, 3));
    s.output(Unary.of(UnaryFunction.RELU), s.floats(2));
    assertThatThrownBy(
            () ->
                OnnxExporter.write(
                    s.graph(), folder.resolve("m.onnx"), OnnxOptions.DEFAULTS, Map.of()))
        .hasMessage(
            "weights must have elements of whole bytes, found int4; convert the weights to"
                + " another type");
  }

  @Test
  void opsetsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> OnnxOptions.DEFAULTS.withOpset(12))
        .hasMessage("opset must be 13 to 23, got 12; leave it out for 17");
  }
}
