package io.github.weighbridge.exporter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.reference.ReferenceArray;
import io.github.weighbridge.reference.ReferenceEvaluator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A small graph under construction with numbers for its inputs: exported, run by ONNX Runtime and
 * compared with the reference.
 */
final class Sample {

  final Random random;
  final GraphBuilder builder = new GraphBuilder("sample");
  private final List<Value> inputs = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();

  Sample(Random random) {
    this.random = random;
  }

  /** From {@code low} to {@code high}, both inclusive. */
  int size(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** Numbers from about -3 to 3; whole ones from -5 to 5, or 0 to 5 without a sign. */
  Tensor numbers(DataType dtype, long... sizes) {
    int count = (int) Shape.elementCount(sizes);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (dtype.kind()) {
            case FLOAT -> (float) random.nextGaussian();
            case BOOL -> random.nextInt(2);
            case UNSIGNED -> random.nextInt(6);
            default -> random.nextInt(11) - 5;
          };
    }
    return Tensor.of(values, sizes).cast(dtype);
  }

  /** An input whose sizes stand in the file. */
  Value input(Tensor tensor) {
    return input(tensor, tensor.type().shape());
  }

  /** An input whose sizes at some axes are known at run time only. */
  Value input(Tensor tensor, int... openAxes) {
    Shape shape = tensor.type().shape();
    for (int axis : openAxes) {
      shape = shape.withDim(axis, Dim.symbolic("d" + inputs.size() + axis));
    }
    return input(tensor, shape);
  }

  private Value input(Tensor tensor, Shape shape) {
    Value value = builder.input("in" + inputs.size(), new TensorType(tensor.dtype(), shape));
    inputs.add(value);
    tensors.add(tensor);
    return value;
  }

  /** An input of random float32 numbers. */
  Value floats(long... sizes) {
    return input(numbers(DataType.FLOAT32, sizes));
  }

  /** A constant of random float32 numbers. */
  Value weight(long... sizes) {
    return builder.constant("w", numbers(DataType.FLOAT32, sizes));
  }

  /** Adds a step whose outputs are the graph's. */
  Sample output(Operation op, @Nullable Value... operands) {
    builder.addAll("step", op, Arrays.asList(operands)).forEach(this::output);
    return this;
  }

  Sample output(Value value) {
    outputs.add(value);
    return this;
  }

  Graph graph() {
    return builder.build(Argument.of(inputs), Argument.of(outputs));
  }

  List<Tensor> tensors() {
    return tensors;
  }

  /** Exports, runs and compares; the folder is for the file. */
  void check(Path folder, int opset, double tolerance) throws Exception {
    Graph graph = graph();
    Path file = folder.resolve("sample.onnx");
    OnnxExporter.write(graph, file, OnnxOptions.DEFAULTS.withOpset(opset), Map.of());
    List<Tensor> got = List.copyOf(OrtRun.run(file, tensors).values());
    List<ReferenceArray> expected = ReferenceEvaluator.run(graph, tensors);
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.size(); i++) {
      compare("output " + i, got.get(i), expected.get(i), tolerance);
    }
  }

  private static void compare(String what, Tensor got, ReferenceArray expected, double tolerance) {
    assertThat(got.type()).as(what).isEqualTo(expected.type());
    double allowed = Math.max(tolerance, rounding(got.dtype()));
    double[] a = got.doubles();
    // Whole numbers wrap and truncate as their type has it.
    double[] b = got.dtype().isFloating() ? expected.data() : expected.toTensor().doubles();
    List<Integer> wrong =
        IntStream.range(0, a.length)
            .filter(
                k ->
                    Double.compare(a[k], b[k]) != 0
                        && !(Math.abs(a[k] - b[k]) <= allowed * (1 + Math.abs(b[k]))))
            .boxed()
            .toList();
    assertThat(wrong)
        .as(
            () ->
                what
                    + " "
                    + got.type()
                    + "\ngot "
                    + Arrays.toString(a)
                    + "\nexpected "
                    + Arrays.toString(b))
        .isEmpty();
  }

  /** How far two neighbouring numbers of a type are apart, relative to them. */
  private static double rounding(DataType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-10;
      case BFLOAT16 -> 0x1p-7;
      default -> 0;
    };
  }
}
