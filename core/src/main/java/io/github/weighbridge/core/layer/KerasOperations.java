package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.layer.KerasFunction.Form;
import io.github.weighbridge.core.layer.KerasFunction.Promotion;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The functions of {@code keras.ops} that are known here, by Keras 3's class names. */
public final class KerasOperations {

  private static final Map<String, KerasFunction> FUNCTIONS = new TreeMap<>();

  static {
    binary("Add", BinaryFunction.ADD, Promotion.COMMON);
    binary("Divide", BinaryFunction.DIVIDE, Promotion.FLOATING);
    binary("Equal", BinaryFunction.EQUAL, Promotion.COMMON);
    binary("FloorDivide", BinaryFunction.FLOOR_DIVIDE, Promotion.COMMON);
    binary("Greater", BinaryFunction.GREATER, Promotion.COMMON);
    binary("GreaterEqual", BinaryFunction.GREATER_EQUAL, Promotion.COMMON);
    binary("Less", BinaryFunction.LESS, Promotion.COMMON);
    binary("LessEqual", BinaryFunction.LESS_EQUAL, Promotion.COMMON);
    binary("LogicalAnd", BinaryFunction.LOGICAL_AND, Promotion.BOOLEAN);
    binary("LogicalOr", BinaryFunction.LOGICAL_OR, Promotion.BOOLEAN);
    binary("LogicalXor", BinaryFunction.LOGICAL_XOR, Promotion.BOOLEAN);
    binary("Maximum", BinaryFunction.MAXIMUM, Promotion.COMMON);
    binary("Minimum", BinaryFunction.MINIMUM, Promotion.COMMON);
    binary("Mod", BinaryFunction.MODULO, Promotion.COMMON);
    binary("Multiply", BinaryFunction.MULTIPLY, Promotion.COMMON);
    binary("NotEqual", BinaryFunction.NOT_EQUAL, Promotion.COMMON);
    binary("Power", BinaryFunction.POWER, Promotion.COMMON);
    binary("Subtract", BinaryFunction.SUBTRACT, Promotion.COMMON);
    binary("TrueDivide", BinaryFunction.DIVIDE, Promotion.FLOATING);
    reduction("All", Reduce.Function.ALL, Promotion.BOOLEAN);
    reduction("Any", Reduce.Function.ANY, Promotion.BOOLEAN);
    reduction("Max", Reduce.Function.MAX, Promotion.NONE);
    reduction("Mean", Reduce.Function.MEAN, Promotion.FLOATING);
    reduction("Min", Reduce.Function.MIN, Promotion.NONE);
    reduction("Prod", Reduce.Function.PRODUCT, Promotion.NONE);
    reduction("Sum", Reduce.Function.SUM, Promotion.NONE);
    unary("Absolute", UnaryFunction.ABS, Promotion.NONE);
    unary("Ceil", UnaryFunction.CEIL, Promotion.FLOATING);
    unary("Exp", UnaryFunction.EXP, Promotion.FLOATING);
    unary("Floor", UnaryFunction.FLOOR, Promotion.FLOATING);
    unary("Log", UnaryFunction.LOG, Promotion.FLOATING);
    unary("LogicalNot", UnaryFunction.LOGICAL_NOT, Promotion.BOOLEAN);
    unary("Negative", UnaryFunction.NEGATE, Promotion.NONE);
    unary("Relu", UnaryFunction.RELU, Promotion.NONE);
    unary("Round", UnaryFunction.ROUND, Promotion.NONE);
    unary("Sigmoid", UnaryFunction.SIGMOID, Promotion.FLOATING);
    unary("Sign", UnaryFunction.SIGN, Promotion.NONE);
    unary("Softplus", UnaryFunction.SOFTPLUS, Promotion.FLOATING);
    unary("Sqrt", UnaryFunction.SQRT, Promotion.FLOATING);
    unary("Tanh", UnaryFunction.TANH, Promotion.FLOATING);
    add("Cast", Promotion.NONE, (call, x) -> List.of(new Cast(dtype(call, x.get(0)))));
    add("Clip", Promotion.NONE, (call, x) -> List.of(clip(call)));
    add("Concatenate", Promotion.COMMON, (call, x) -> List.of(new Concat(axis(call, x, 0))));
    add("ExpandDims", Promotion.NONE, KerasOperations::expandDims);
    add("GetItem", Promotion.NONE, (call, x) -> ItemAccess.operations(call, x.get(0).rank()));
    add("Matmul", Promotion.COMMON, (call, x) -> List.of(new MatMul()));
    add("OnesLike", Promotion.NONE, (call, x) -> filled(call, x.get(0), 1));
    add("Relu6", Promotion.NONE, (call, x) -> List.of(new Unary(UnaryFunction.CLIP, 0, 6)));
    add("Reshape", Promotion.NONE, KerasOperations::reshape);
    add("Softmax", Promotion.NONE, (call, x) -> List.of(new Softmax(axis(call, x, -1), false)));
    add("Squeeze", Promotion.NONE, KerasOperations::squeeze);
    add("Transpose", Promotion.NONE, KerasOperations::transpose);
    add("Where", Promotion.CHOICE, (call, x) -> List.of(new Where()));
    add("ZerosLike", Promotion.NONE, (call, x) -> filled(call, x.get(0), 0));
  }

  private KerasOperations() {}

  private static void add(String name, Promotion promotion, Form form) {
    FUNCTIONS.put(name, new KerasFunction(promotion, form));
  }

  private static void binary(String name, BinaryFunction function, Promotion promotion) {
    add(
        name,
        promotion,
        (call, operands) -> {
          Rules.require(operands.size() == 2, "two operands are needed, got " + operands.size());
          return List.of(new Binary(function));
        });
  }

  private static void reduction(String name, Reduce.Function function, Promotion promotion) {
    add(name, promotion, (call, operands) -> List.of(reduce(function, call, operands.get(0))));
  }

  private static void unary(String name, UnaryFunction function, Promotion promotion) {
    add(name, promotion, (call, operands) -> List.of(Unary.of(function)));
  }

  /** The function of that class name, if it is known. */
  public static Optional<KerasFunction> function(String name) {
    return Optional.ofNullable(FUNCTIONS.get(name));
  }

  /** Every class that is known, sorted. */
  public static List<String> names() {
    return List.copyOf(FUNCTIONS.keySet());
  }

  /** The positional arguments, lists of tensors flattened. */
  public static List<Argument> flattened(List<Argument> positional) {
    List<Argument> flat = new ArrayList<>();
    for (Argument argument : positional) {
      if (argument instanceof Argument.Literal || argument instanceof Argument.Of) {
        flat.add(argument);
      } else {
        argument.values().forEach(value -> flat.add(new Argument.Of(value)));
      }
    }
    return flat;
  }

  /** A call by its arguments, in the order of {@link #flattened}. */
  public static KerasFunction.Call call(Tree.Obj arguments, List<Argument> flattened) {
    List<@Nullable TensorType> operands = new ArrayList<>();
    List<@Nullable Tree> numbers = new ArrayList<>();
    List<Tree> literals = new ArrayList<>();
    for (Argument argument : flattened) {
      if (argument instanceof Argument.Of of) {
        operands.add(of.value().type());
        numbers.add(null);
      } else if (argument instanceof Argument.Literal literal && isNumber(literal.value())) {
        operands.add(null);
        numbers.add(literal.value());
      } else if (argument instanceof Argument.Literal literal) {
        literals.add(literal.value());
      }
    }
    return new KerasFunction.Call(arguments, operands, numbers, literals);
  }

  private static boolean isNumber(Tree literal) {
    return literal.asDouble().isPresent() || literal.asBoolean().isPresent();
  }

  static List<TensorType> outputTypes(String name, Tree.Obj arguments, CallTypes types) {
    KerasFunction function =
        function(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "operation '"
                            + name
                            + "' is not known; known are "
                            + String.join(", ", names())));
    KerasFunction.Call call = call(arguments, flattened(types.arguments().positional()));
    Rules.require(
        call.operands().stream().anyMatch(Objects::nonNull), "an operand must be a tensor");
    List<DataType> dtypes = function.operandTypes(call);
    List<TensorType> operands = new ArrayList<>();
    for (int i = 0; i < dtypes.size(); i++) {
      TensorType own = call.operands().get(i);
      operands.add(new TensorType(dtypes.get(i), own == null ? Shape.SCALAR : own.shape()));
    }
    List<TensorType> result = operands;
    for (Operation operation : function.form().operations(call, operands)) {
      result = operation.outputTypes(List.<@Nullable TensorType>copyOf(result));
    }
    return List.of(result.get(0));
  }

  // Forms.

  private static Reduce reduce(Reduce.Function function, KerasFunction.Call call, TensorType x) {
    boolean keepDims = call.arguments().get("keepdims").flatMap(Tree::asBoolean).orElse(false);
    return new Reduce(function, axes(call, x.rank()).orElse(every(x.rank())), keepDims);
  }

  private static Unary clip(KerasFunction.Call call) {
    return new Unary(UnaryFunction.CLIP, number(call, "x_min"), number(call, "x_max"));
  }

  private static List<Operation> expandDims(KerasFunction.Call call, List<TensorType> operands) {
    int added = call.arguments().get("axis").map(a -> Math.max(1, a.items().size())).orElse(1);
    int rank = operands.get(0).rank() + added;
    return List.of(
        new Unsqueeze(
            axes(call, rank).orElseThrow(() -> new IllegalArgumentException("an axis is needed"))));
  }

  private static List<Operation> squeeze(KerasFunction.Call call, List<TensorType> operands) {
    Shape shape = operands.get(0).shape();
    List<Integer> ones =
        every(shape.rank()).stream().filter(i -> shape.dim(i).equals(Dim.of(1))).toList();
    return List.of(new Squeeze(axes(call, shape.rank()).orElse(ones)));
  }

  private static List<Operation> transpose(KerasFunction.Call call, List<TensorType> operands) {
    int rank = operands.get(0).rank();
    List<Integer> perm = new ArrayList<>();
    for (Tree axis : call.arguments().items("axes")) {
      perm.add(Rules.axis(whole(axis), rank));
    }
    for (int i = rank - 1; perm.size() < rank; i--) {
      perm.add(i);
    }
    return List.of(new Transpose(perm));
  }

  private static List<Operation> reshape(KerasFunction.Call call, List<TensorType> operands) {
    Tree shape = call.arguments().get("newshape").orElse(Tree.none());
    List<DimSource> dims = new ArrayList<>();
    for (Tree size : shape.isArray() ? shape.items() : List.of(shape)) {
      int n = whole(size);
      dims.add(n < 0 ? new DimSource.Rest() : new DimSource.Fixed(n));
    }
    return List.of(new io.github.weighbridge.core.op.Reshape(dims));
  }

  /** One number everywhere: limited to it from both sides. */
  private static List<Operation> filled(KerasFunction.Call call, TensorType x, double value) {
    return List.of(
        new Cast(DataType.FLOAT32),
        new Unary(UnaryFunction.CLIP, value, value),
        new Cast(dtype(call, x)));
  }

  // Arguments.

  private static DataType dtype(KerasFunction.Call call, TensorType x) {
    Tree dtype = call.arguments().get("dtype").orElse(Tree.none());
    return dtype.isNull()
        ? x.dtype()
        : dtype
            .asText()
            .flatMap(DataType::ofKerasName)
            .orElseThrow(() -> new IllegalArgumentException("no data type is named " + dtype));
  }

  private static double number(KerasFunction.Call call, String key) {
    return call.arguments()
        .get(key)
        .flatMap(Tree::asDouble)
        .orElseThrow(() -> new IllegalArgumentException(key + " must be a number"));
  }

  private static int axis(KerasFunction.Call call, List<TensorType> operands, int otherwise) {
    Tree axis = call.arguments().get("axis").orElse(Tree.of(otherwise));
    return Rules.axis(whole(axis), operands.get(0).rank());
  }

  /** The axes counted from 0, ascending; nothing where none are given. */
  private static Optional<List<Integer>> axes(KerasFunction.Call call, int rank) {
    return call.arguments()
        .get("axis")
        .filter(axis -> !axis.isNull())
        .map(axis -> Axes.CONFIG_TYPE.reader().apply(axis).counted(rank));
  }

  private static List<Integer> every(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  private static int whole(Tree number) {
    return number
        .asLong()
        .map(Math::toIntExact)
        .orElseThrow(() -> new IllegalArgumentException(number + " is no whole number"));
  }
}
