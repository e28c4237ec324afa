package io.github.weighbridge.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The types that operations make of types, and what they refuse. */
class OperationTypesTest {

  private static final Conv CONV =
      new Conv(Window.of(List.of(3, 2), List.of(2, 1), Padding.none(2)), 1, 3);
  private static final Recurrent LSTM =
      new Recurrent(
          Recurrent.Cell.LSTM,
          4,
          Unary.of(UnaryFunction.TANH),
          Unary.of(UnaryFunction.SIGMOID),
          false,
          false);

  /** {@code "float32 batch 3"}: the type's name, then sizes and names; {@code -} is left out. */
  private static @Nullable TensorType type(String text) {
    if (text.equals("-")) {
      return null;
    }
    String[] words = text.split(" ", -1);
    List<Dim> dims = new ArrayList<>();
    for (String word : List.of(words).subList(1, words.length)) {
      dims.add(word.matches("\\d+") ? Dim.of(Long.parseLong(word)) : Dim.symbolic(word));
    }
    return new TensorType(DataType.ofKerasName(words[0]).orElseThrow(), new Shape(dims));
  }

  private static List<@Nullable TensorType> types(String text) {
    List<@Nullable TensorType> types = new ArrayList<>();
    Arrays.stream(text.split(", ", -1)).forEach(t -> types.add(type(t)));
    return types;
  }

  private static DimSource of(int operand, int axis) {
    return new DimSource.Of(operand, axis);
  }

  private static DimSource fixed(long size) {
    return new DimSource.Fixed(size);
  }

  private static Reshape reshape(DimSource... dims) {
    return new Reshape(List.of(dims));
  }

  private static Binary binary(BinaryFunction function) {
    return new Binary(function);
  }

  static Stream<Arguments> rows() {
    DimSource rest = new DimSource.Rest();
    Window same = Window.of(List.of(3), List.of(2), Padding.sameAtRunTime(1));
    return Stream.of(
        arguments("argsort", new ArgSort(1, true), "float32 b 3", "[int64[b, 3]]"),
        arguments("unary", Unary.of(UnaryFunction.EXP), "float16 b 3", "[float16[b, 3]]"),
        arguments("not", Unary.of(UnaryFunction.LOGICAL_NOT), "bool b", "[bool[b]]"),
        arguments("cast", new Cast(DataType.INT32), "float32 b", "[int32[b]]"),
        arguments("add", binary(BinaryFunction.ADD), "float32 b 3, float32 3", "[float32[b, 3]]"),
        arguments("scalar", binary(BinaryFunction.ADD), "float32 b 3, float32", "[float32[b, 3]]"),
        arguments("ones", binary(BinaryFunction.ADD), "int32 3 1, int32 1 4", "[int32[3, 4]]"),
        arguments("ranks", binary(BinaryFunction.ADD), "int32 4, int32 2 3 4", "[int32[2, 3, 4]]"),
        arguments("name and one", binary(BinaryFunction.ADD), "int32 b, int32 1", "[int32[b]]"),
        arguments("name and size", binary(BinaryFunction.ADD), "int32 b, int32 4", "[int32[4]]"),
        arguments("none", binary(BinaryFunction.ADD), "int32 0 3, int32 1 3", "[int32[0, 3]]"),
        arguments("compare", binary(BinaryFunction.LESS), "float32 b, float32", "[bool[b]]"),
        arguments("logic", binary(BinaryFunction.LOGICAL_OR), "bool b, bool b", "[bool[b]]"),
        arguments("where", new Where(), "bool b t 1, float32 b t 3, float32", "[float32[b, t, 3]]"),
        arguments("concat", new Concat(1), "int32 b 2, int32 b 3", "[int32[b, 5]]"),
        arguments("concat names", new Concat(0), "int32 b 2, int32 c 2", "[int32[b+c, 2]]"),
        arguments("concat learns", new Concat(0), "int32 1 n, int32 1 7", "[int32[2, 7]]"),
        arguments("conv", CONV, "float32 b 9 8 5, float32 3 2 5 6", "[float32[b, 4, 7, 6]]"),
        arguments(
            "conv, open size",
            CONV,
            "float32 b h 8 5, float32 3 2 5 6, float32 6",
            "[float32[b, ceil((h-2)/2), 7, 6]]"),
        arguments(
            "conv, channels first, groups",
            new Conv(Window.of(List.of(2), List.of(1), Padding.none(1)), 2, 1),
            "float32 b 4 9, float32 2 2 6",
            "[float32[b, 6, 8]]"),
        arguments(
            "stride 1 keeps the name of an open size",
            new Conv(Window.of(List.of(3), List.of(1), Padding.of(List.of(1), List.of(1))), 1, 2),
            "float32 b t 4, float32 3 4 6",
            "[float32[b, t, 6]]"),
        arguments(
            "pool",
            new Pool(Pool.Kind.MAX, same, 2),
            "float32 b t 4",
            "[float32[b, ceil(t/2), 4]]"),
        arguments(
            "pool, fixed", new Pool(Pool.Kind.MAX, same, 2), "float32 b 7 4", "[float32[b, 4, 4]]"),
        arguments(
            "conv transpose",
            new ConvTranspose(
                Window.of(List.of(3), List.of(2), Padding.of(List.of(1), List.of(0))),
                List.of(1),
                2),
            "float32 b 4 5, float32 3 6 5",
            "[float32[b, 9, 6]]"),
        arguments("cumsum", new CumSum(0), "int32 b", "[int32[b]]"),
        arguments(
            "expand",
            new Expand(List.of(of(0, 0), fixed(3), of(0, 2))),
            "float32 b 1 5",
            "[float32[b, 3, 5]]"),
        arguments("gather rows", new Gather(0, 0), "float32 9 5, int32 b t", "[float32[b, t, 5]]"),
        arguments(
            "gather in batch", new Gather(1, 1), "float32 b t 5, int32 b n", "[float32[b, n, 5]]"),
        arguments(
            "layer normalization",
            new LayerNormalization(1, 1e-3),
            "float32 b 3 4, float32 3 4, float32 3 4",
            "[float32[b, 3, 4]]"),
        arguments(
            "batch normalization",
            new BatchNormalization(1e-3, 1),
            "float32 b 3 t, float32 3, float32 3, float32 3, float32 3",
            "[float32[b, 3, t]]"),
        arguments("matmul", new MatMul(), "float32 b 3, float32 3 4", "[float32[b, 4]]"),
        arguments(
            "matmul in batches", new MatMul(), "float32 b t 3, float32 3 4", "[float32[b, t, 4]]"),
        arguments("matmul, int8", new MatMul(), "int8 b 3, int8 3 4", "[int32[b, 4]]"),
        arguments(
            "matmul, both",
            new MatMul(),
            "float32 b 1 2 3, float32 5 3 4",
            "[float32[b, 5, 2, 4]]"),
        arguments(
            "pad",
            new Pad(List.of(0L, 1L), List.of(0L, 2L), Pad.Mode.CONSTANT, 0),
            "float32 b t",
            "[float32[b, t+3]]"),
        arguments(
            "recurrent",
            LSTM,
            "float32 b t 3, float32 3 16, float32 4 16, -, int32 b",
            "[float32[b, t, 4], float32[b, 4], float32[b, 4]]"),
        arguments("reduce", reduce(Reduce.Function.SUM, false, 1), "int32 b t 3", "[int32[b, 3]]"),
        arguments(
            "reduce, kept",
            reduce(Reduce.Function.MAX, true, 1, 2),
            "int32 b t 3",
            "[int32[b, 1, 1]]"),
        arguments("any", reduce(Reduce.Function.ANY, false, 0), "bool b", "[bool[]]"),
        arguments("flatten", reshape(of(0, 0), fixed(12)), "float32 b 3 4", "[float32[b, 12]]"),
        arguments("flatten, open", reshape(of(0, 0), rest), "float32 b t 4", "[float32[b, t*4]]"),
        arguments("join", reshape(rest, fixed(4)), "float32 b t 4", "[float32[t*b, 4]]"),
        arguments(
            "apart",
            reshape(of(1, 0), of(1, 1), fixed(4)),
            "float32 n 4, float32 b t 9",
            "[float32[b, t, 4]]"),
        arguments("rest of fixed", reshape(rest, fixed(6)), "float32 3 4", "[float32[2, 6]]"),
        arguments("no elements", reshape(fixed(0), fixed(7)), "float32 0 3 4", "[float32[0, 7]]"),
        arguments(
            "joined, no elements", reshape(fixed(0), fixed(4)), "float32 0 3 4", "[float32[0, 4]]"),
        arguments(
            "resize",
            Resize.by(Resize.Method.NEAREST, List.of(2, 3), 1),
            "float32 b 5 h 4",
            "[float32[b, 5, h*2, 12]]"),
        arguments(
            "resize to sizes",
            Resize.to(Resize.Method.LINEAR, List.of(7, 3), 3),
            "float32 b h 4 5",
            "[float32[b, 7, 3, 5]]"),
        arguments("softmax", new Softmax(1, true), "float32 b 3", "[float32[b, 3]]"),
        arguments("squeeze", new Squeeze(List.of(0, 2)), "float32 1 b 1", "[float32[b]]"),
        arguments("squeeze open", new Squeeze(List.of(1)), "float32 b t", "[float32[b]]"),
        arguments(
            "transpose", new Transpose(List.of(0, 2, 1)), "float32 b t 3", "[float32[b, 3, t]]"),
        arguments("unsqueeze", new Unsqueeze(List.of(0, 2)), "float32 b", "[float32[1, b, 1]]"));
  }

  private static Reduce reduce(Reduce.Function function, boolean keepDims, Integer... axes) {
    return new Reduce(function, List.of(axes), keepDims);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void infersTypes(String row, Operation op, String operands, String expected) {
    assertThat(op.outputTypes(types(operands))).hasToString(expected);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(new MatMul(), "float32 b 3", "operand 1 is missing"),
        arguments(
            new MatMul(), "float32 b 3, float32 4 5", "cannot multiply matrices [b, 3] and [4, 5]"),
        arguments(
            new MatMul(), "float32 3, float32 3 5", "operands have ranks 1 and 2, not 2 or more"),
        arguments(
            new MatMul(),
            "float32 b 3, float16 3 5",
            "operands have types float32[b, 3] and float16[3, 5]"),
        arguments(binary(BinaryFunction.ADD), "int32 3, int32 4", "cannot broadcast [3] with [4]"),
        arguments(
            binary(BinaryFunction.ADD), "int32 3, int64 3", "operands have types int32 and int64"),
        arguments(
            binary(BinaryFunction.LOGICAL_AND), "int32 3, int32 3", "operands must be booleans"),
        arguments(Unary.of(UnaryFunction.EXP), "bool 3", "cannot take EXP of bool"),
        arguments(Unary.of(UnaryFunction.LOGICAL_NOT), "int8 3", "cannot take LOGICAL_NOT of int8"),
        arguments(new Where(), "int32 3, int32 3, int32 3", "the condition must be boolean"),
        arguments(new ArgSort(2, false), "int32 3 3", "no axis 2 in int32[3, 3]"),
        arguments(new CumSum(1), "int32 3", "no axis 1 in int32[3]"),
        arguments(new Softmax(1, false), "float32 3", "no axis 1 in float32[3]"),
        arguments(new Concat(2), "int32 3 3, int32 3 3", "no axis 2 in int32[3, 3]"),
        arguments(
            new Concat(0),
            "int32 3 3, int32 3 4",
            "cannot join int32[3, 3] and int32[3, 4] along axis 0"),
        arguments(
            CONV,
            "float32 b 9 8 4, float32 3 2 5 6",
            "the kernel takes 5 channels, the image [b, 9, 8, 4] has another number"),
        arguments(
            CONV,
            "float32 b 2 8 5, float32 3 2 5 6",
            "a window of 3 does not fit an axis of 2 padded by 0"),
        arguments(
            CONV, "float32 b 9 5, float32 3 2 5 6", "an image of rank 4 is needed, got [b, 9, 5]"),
        arguments(
            LSTM,
            "float32 b t 3, float32 4 16, float32 4 16",
            "the kernel has shape [4, 16], the sequence [b, t, 3]"),
        arguments(
            LSTM,
            "float32 b t 3, float32 3 16, float32 4 12",
            "the recurrent kernel has shape [4, 12]"),
        arguments(
            reduce(Reduce.Function.ANY, false, 0), "int32 3", "cannot reduce int32[3] by ANY"),
        arguments(reduce(Reduce.Function.SUM, false, 3), "int32 3", "no axis 3 in int32[3]"),
        arguments(reshape(fixed(5)), "int32 2 3", "cannot reshape [2, 3] to [5]"),
        arguments(
            reshape(new DimSource.Rest(), fixed(4)),
            "int32 2 3",
            "cannot divide [2, 3] evenly by [4]"),
        arguments(new Squeeze(List.of(1)), "int32 2 3", "axis 1 of int32[2, 3] is not 1"),
        arguments(new Unsqueeze(List.of(3)), "int32 2", "no place 3 in int32[2]"),
        arguments(
            new Transpose(List.of(1, 0)), "int32 2", "cannot order the axes of int32[2] as [1, 0]"),
        arguments(
            new Gather(0, 0),
            "float32 2 2, float32 3",
            "indices must be whole numbers, got float32[3]"),
        arguments(
            new Gather(0, 1),
            "float32 2 2, int32 2 3",
            "indices int32[2, 3] share 1 axes with float32[2, 2] before 0"),
        arguments(
            new LayerNormalization(1, 1e-3),
            "float32 b 3, float32 4",
            "gamma has shape [4], axes from 1 on of [b, 3]"),
        arguments(
            new LayerNormalization(1, 1e-3),
            "float32 b 3, float32 3, float32 3 1",
            "beta has shape [3, 1], axes from 1 on of [b, 3]"),
        arguments(
            new BatchNormalization(1e-3, 1),
            "float32 b 3, float32 4, float32 3, float32 3, float32 3",
            "operand 1 has shape [4], axis 1 of the input is 3"));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("refusals")
  void refusesWhatDoesNotFit(Operation op, String operands, String message) {
    assertThatThrownBy(() -> op.outputTypes(types(operands)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
