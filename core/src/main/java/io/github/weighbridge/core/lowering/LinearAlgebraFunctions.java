package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Products of vectors, matrices and arrays of more axes. */
final class LinearAlgebraFunctions {

  private static final String NAMES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private LinearAlgebraFunctions() {}

  /** What a product of two arrays is. */
  @FunctionalInterface
  private interface Product {
    Value of(FunctionCall call, Value x, Value y);
  }

  static void addTo(FunctionTable table) {
    table.add(
        "Cross(x1, x2, axisa=-1, axisb=-1, axisc=-1, axis=None)", LinearAlgebraFunctions::cross);
    product(table, "Dot(x1, x2)", LinearAlgebraFunctions::dot);
    table.add("Einsum(*operands, subscripts)", LinearAlgebraFunctions::einsum);
    product(table, "Inner(x1, x2)", (call, x, y) -> inner(call, x, y, y.type().rank() - 1));
    table.add("Kron(x1, x2)", LinearAlgebraFunctions::kron);
    product(table, "Matmul(x1, x2)", LinearAlgebraFunctions::matmul);
    table.add("Outer(x1, x2)", LinearAlgebraFunctions::outer);
    product(table, "Tensordot(x1, x2, axes=2)", LinearAlgebraFunctions::tensordot);
    product(
        table,
        "Vdot(x1, x2)",
        (call, x, y) -> inner(call, Shapes.flat(call, x), Shapes.flat(call, y), 0));
  }

  /** Whole numbers are multiplied as floating-point ones, as Keras has TensorFlow do it. */
  private static void product(FunctionTable table, String signature, Product product) {
    table.add(
        signature,
        call -> {
          DataType result = call.promoted("x1", "x2").get(0).type().dtype();
          List<Value> operands = call.floating("x1", "x2");
          return call.cast(product.of(call, operands.get(0), operands.get(1)), result);
        });
  }

  static Value matmul(FunctionCall call, Value x, Value y) {
    return x.type().rank() > 1 && y.type().rank() > 1
        ? call.add("matmul", new MatMul(), x, y)
        : dot(call, x, y);
  }

  /** Along the last axis of one and the last but one of the other. */
  private static Value dot(FunctionCall call, Value x, Value y) {
    return inner(call, x, y, Math.max(0, y.type().rank() - 2));
  }

  /** Along the last axis of one and some axis of the other; scalars multiply. */
  private static Value inner(FunctionCall call, Value x, Value y, int axis) {
    if (x.type().rank() == 0 || y.type().rank() == 0) {
      return call.binary(BinaryFunction.MULTIPLY, x, y);
    }
    return contracted(call, x, y, List.of(x.type().rank() - 1), List.of(axis));
  }

  private static Value contracted(
      FunctionCall call, Value x, Value y, List<Integer> left, List<Integer> right) {
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    StringBuilder result = new StringBuilder();
    char name = 'a';
    for (int i = 0; i < x.type().rank(); i++) {
      first.append(name);
      if (!left.contains(i)) {
        result.append(name);
      }
      name++;
    }
    for (int i = 0; i < y.type().rank(); i++) {
      int place = right.indexOf(i);
      second.append(place < 0 ? name : first.charAt(left.get(place)));
      if (place < 0) {
        result.append(name++);
      }
    }
    EinsumEquation equation =
        new EinsumEquation(List.of(first.toString(), second.toString()), result.toString());
    return Einsum.add(call, equation, List.of(x, y));
  }

  /** Along so many axes, the last of one and the first of the other, or along those named. */
  private static Value tensordot(FunctionCall call, Value x, Value y) {
    Tree axes = call.literal("axes");
    List<Integer> left;
    List<Integer> right;
    if (axes.isArray()) {
      Rules.require(axes.items().size() == 2, "'axes' must be a number or two lists, is " + axes);
      left = counted(axes.items().get(0), x);
      right = counted(axes.items().get(1), y);
    } else {
      int count = call.whole("axes");
      Rules.require(
          count >= 0 && count <= Math.min(x.type().rank(), y.type().rank()),
          "cannot sum over " + count + " axes of " + x.type() + " and " + y.type());
      left = IntStream.range(x.type().rank() - count, x.type().rank()).boxed().toList();
      right = IntStream.range(0, count).boxed().toList();
    }
    Rules.require(left.size() == right.size(), "'axes' must be pairs, is " + axes);
    return contracted(call, x, y, left, right);
  }

  private static List<Integer> counted(Tree axes, Value x) {
    return (axes.isArray() ? axes.items() : List.of(axes))
        .stream()
            .map(
                axis ->
                    axis.asLong()
                        .map(number -> Rules.axis(Math.toIntExact(number), x.type().rank()))
                        .orElseThrow(
                            () -> new IllegalArgumentException(axis + " is no whole number")))
            .toList();
  }

  private static Value einsum(FunctionCall call) {
    List<Value> operands = call.promotedList("operands");
    DataType result = operands.get(0).type().dtype();
    DataType computed = result.isFloating() ? result : DataType.FLOAT32;
    List<Value> numbers = operands.stream().map(x -> call.cast(x, computed)).toList();
    EinsumEquation equation = EinsumEquation.parse(byAppearance(call.text("subscripts")));
    return call.cast(Einsum.add(call, equation, numbers), result);
  }

  /**
   * The same equation with its axes named in the order in which they appear: TensorFlow's back end
   * of Keras 3.15 does so, and the result of an equation without an arrow has them in that order.
   */
  private static String byAppearance(String equation) {
    StringBuilder seen = new StringBuilder();
    StringBuilder renamed = new StringBuilder();
    for (int i = 0; i < equation.length(); i++) {
      char axis = equation.charAt(i);
      if (!Character.isLetter(axis)) {
        renamed.append(axis);
        continue;
      }
      if (seen.indexOf(String.valueOf(axis)) < 0) {
        seen.append(axis);
      }
      renamed.append(NAMES.charAt(seen.indexOf(String.valueOf(axis))));
    }
    return renamed.toString();
  }

  private static Value outer(FunctionCall call) {
    List<Value> operands = call.promoted("x1", "x2");
    Value column =
        call.add("column", new Unsqueeze(List.of(1)), Shapes.flat(call, operands.get(0)));
    return call.binary(BinaryFunction.MULTIPLY, column, Shapes.flat(call, operands.get(1)));
  }

  /** Every element of one array times the other array, laid out as blocks. */
  private static Value kron(FunctionCall call) {
    List<Value> operands = call.promoted("x1", "x2");
    int rank = operands.stream().mapToInt(x -> x.type().rank()).max().orElse(0);
    Value x = withRank(call, operands.get(0), rank);
    Value y = withRank(call, operands.get(1), rank);
    List<Integer> odd = IntStream.range(0, rank).map(i -> 2 * i + 1).boxed().toList();
    List<Integer> even = IntStream.range(0, rank).map(i -> 2 * i).boxed().toList();
    Value product =
        call.binary(
            BinaryFunction.MULTIPLY,
            call.add("blocks", new Unsqueeze(odd), x),
            call.add("block", new Unsqueeze(even), y));
    List<DimSource> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Dim size = x.type().shape().dim(i).times(y.type().shape().dim(i));
      dims.add(size.isFixed() ? new DimSource.Fixed(size.size()) : new DimSource.Rest());
    }
    return call.add("kron", new Reshape(dims), product);
  }

  private static Value withRank(FunctionCall call, Value x, int rank) {
    int missing = rank - x.type().rank();
    return missing == 0 ? x : call.add("axes", Shapes.leading(missing), x);
  }

  /** Of vectors of three numbers; those of two have a zero more, and two such give the third. */
  private static Value cross(FunctionCall call) {
    List<Value> operands = call.promoted("x1", "x2");
    boolean one = !call.isNone("axis");
    Value x = Shapes.moved(call, operands.get(0), axis(call, one, "axisa", operands.get(0)), -1);
    Value y = Shapes.moved(call, operands.get(1), axis(call, one, "axisb", operands.get(1)), -1);
    long sizeX = call.knownSize(x, x.type().rank() - 1);
    long sizeY = call.knownSize(y, y.type().rank() - 1);
    Rules.require(
        (sizeX == 2 || sizeX == 3) && (sizeY == 2 || sizeY == 3),
        "vectors must have 2 or 3 numbers, have " + sizeX + " and " + sizeY);
    Value a = inSpace(call, x, sizeX);
    Value b = inSpace(call, y, sizeY);
    Value plus =
        call.binary(BinaryFunction.MULTIPLY, turned(call, a, 1, 2, 0), turned(call, b, 2, 0, 1));
    Value minus =
        call.binary(BinaryFunction.MULTIPLY, turned(call, a, 2, 0, 1), turned(call, b, 1, 2, 0));
    Value cross = call.binary(BinaryFunction.SUBTRACT, plus, minus);
    int last = cross.type().rank() - 1;
    if (sizeX == 2 && sizeY == 2) {
      return call.add("third", new Squeeze(List.of(last)), turned(call, cross, 2));
    }
    return Shapes.moved(call, cross, last, axis(call, one, "axisc", cross));
  }

  private static int axis(FunctionCall call, boolean one, String own, Value x) {
    return call.axis(one ? "axis" : own, x);
  }

  private static Value inSpace(FunctionCall call, Value x, long size) {
    if (size == 3) {
      return x;
    }
    int rank = x.type().rank();
    List<Long> none = Collections.nCopies(rank, 0L);
    List<Long> end = new ArrayList<>(none);
    end.set(rank - 1, 1L);
    return call.add("space", new Pad(none, end, Pad.Mode.CONSTANT, 0), x);
  }

  /** Some elements of the last axis. */
  private static Value turned(FunctionCall call, Value x, int... places) {
    Value indices = call.constant("places", Tensor.of(places, places.length));
    return call.add("turned", new Gather(x.type().rank() - 1, 0), x, indices);
  }
}
