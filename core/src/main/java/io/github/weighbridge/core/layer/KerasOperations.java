package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The functions of {@code keras.ops} that are known here, by Keras 3's class names. */
public final class KerasOperations {

  private static final Map<String, BinaryFunction> BINARY =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("Add", BinaryFunction.ADD),
              Map.entry("Divide", BinaryFunction.DIVIDE),
              Map.entry("Equal", BinaryFunction.EQUAL),
              Map.entry("FloorDivide", BinaryFunction.FLOOR_DIVIDE),
              Map.entry("Greater", BinaryFunction.GREATER),
              Map.entry("GreaterEqual", BinaryFunction.GREATER_EQUAL),
              Map.entry("Less", BinaryFunction.LESS),
              Map.entry("LessEqual", BinaryFunction.LESS_EQUAL),
              Map.entry("LogicalAnd", BinaryFunction.LOGICAL_AND),
              Map.entry("LogicalOr", BinaryFunction.LOGICAL_OR),
              Map.entry("LogicalXor", BinaryFunction.LOGICAL_XOR),
              Map.entry("Maximum", BinaryFunction.MAXIMUM),
              Map.entry("Minimum", BinaryFunction.MINIMUM),
              Map.entry("Mod", BinaryFunction.MODULO),
              Map.entry("Multiply", BinaryFunction.MULTIPLY),
              Map.entry("NotEqual", BinaryFunction.NOT_EQUAL),
              Map.entry("Power", BinaryFunction.POWER),
              Map.entry("Subtract", BinaryFunction.SUBTRACT),
              Map.entry("TrueDivide", BinaryFunction.DIVIDE)));

  private static final Map<String, Reduce.Function> REDUCE =
      new TreeMap<>(
          Map.of(
              "All", Reduce.Function.ALL,
              "Any", Reduce.Function.ANY,
              "Max", Reduce.Function.MAX,
              "Mean", Reduce.Function.MEAN,
              "Min", Reduce.Function.MIN,
              "Prod", Reduce.Function.PRODUCT,
              "Sum", Reduce.Function.SUM));

  private static final Map<String, UnaryFunction> UNARY =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("Absolute", UnaryFunction.ABS),
              Map.entry("Ceil", UnaryFunction.CEIL),
              Map.entry("Exp", UnaryFunction.EXP),
              Map.entry("Floor", UnaryFunction.FLOOR),
              Map.entry("Log", UnaryFunction.LOG),
              Map.entry("LogicalNot", UnaryFunction.LOGICAL_NOT),
              Map.entry("Negative", UnaryFunction.NEGATE),
              Map.entry("Relu", UnaryFunction.RELU),
              Map.entry("Round", UnaryFunction.ROUND),
              Map.entry("Sigmoid", UnaryFunction.SIGMOID),
              Map.entry("Sign", UnaryFunction.SIGN),
              Map.entry("Softplus", UnaryFunction.SOFTPLUS),
              Map.entry("Sqrt", UnaryFunction.SQRT),
              Map.entry("Tanh", UnaryFunction.TANH)));

  private KerasOperations() {}

  /** The function of two numbers that a class computes, if it is one. */
  public static Optional<BinaryFunction> binary(String function) {
    return Optional.ofNullable(BINARY.get(function));
  }

  /** The reduction that a class computes, if it is one. */
  public static Optional<Reduce.Function> reduction(String function) {
    return Optional.ofNullable(REDUCE.get(function));
  }

  /** The function of one number that a class computes, if it is one. */
  public static Optional<UnaryFunction> unary(String function) {
    return Optional.ofNullable(UNARY.get(function));
  }

  /** Every class that is known, sorted. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(BINARY.keySet());
    names.addAll(REDUCE.keySet());
    names.addAll(UNARY.keySet());
    return names.stream().sorted().toList();
  }

  /** The axes of a reduction, counted from 0 and ascending: all where none are given. */
  public static List<Integer> reducedAxes(Tree.Obj arguments, int rank) {
    Tree axis = arguments.get("axis").orElse(Tree.none());
    if (axis.isNull()) {
      List<Integer> all = new ArrayList<>();
      for (int i = 0; i < rank; i++) {
        all.add(i);
      }
      return all;
    }
    return Axes.CONFIG_TYPE.reader().apply(axis).counted(rank);
  }

  static List<TensorType> outputTypes(String function, Tree.Obj arguments, CallTypes call) {
    if (BINARY.containsKey(function)) {
      List<TensorType> types = operandTypes(call);
      Rules.require(types.size() == 2, "two operands are needed, got " + types.size());
      return new Binary(BINARY.get(function)).outputTypes(List.copyOf(types));
    }
    if (REDUCE.containsKey(function)) {
      TensorType x = call.input();
      boolean keepDims = arguments.get("keepdims").flatMap(Tree::asBoolean).orElse(false);
      Reduce reduce = new Reduce(REDUCE.get(function), reducedAxes(arguments, x.rank()), keepDims);
      return reduce.outputTypes(List.of(x));
    }
    if (UNARY.containsKey(function)) {
      return Unary.of(UNARY.get(function)).outputTypes(List.of(call.input()));
    }
    throw new IllegalArgumentException(
        "operation '" + function + "' is not known; known are " + String.join(", ", names()));
  }

  /** The types of the positional arguments; numbers take the type of the tensor beside them. */
  private static List<TensorType> operandTypes(CallTypes call) {
    List<TensorType> types = new ArrayList<>();
    DataType dtype = call.inputs().isEmpty() ? firstValueType(call) : call.inputs().get(0).dtype();
    for (Argument argument : call.arguments().positional()) {
      if (argument instanceof Argument.Of of) {
        types.add(of.value().type());
      } else {
        types.add(new TensorType(dtype, Shape.SCALAR));
      }
    }
    return types;
  }

  private static DataType firstValueType(CallTypes call) {
    Rules.require(!call.arguments().values().isEmpty(), "an operand must be a tensor");
    return call.arguments().values().get(0).type().dtype();
  }
}
