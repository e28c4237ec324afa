package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What TensorFlow's functions ask of their operands, which those of {@code keras.ops} bring to that
 * themselves.
 */
final class TensorFlowOperands {

  private static final String SECOND = "x2";

  /** Functions that TensorFlow has for floating-point numbers only. */
  private static final Set<String> FLOATING =
      Set.of(
          "Arccos",
          "Arccosh",
          "Arcsin",
          "Arcsinh",
          "Arctan",
          "Arctan2",
          "Arctanh",
          "Ceil",
          "Cos",
          "Cosh",
          "Elu",
          "Erf",
          "Erfc",
          "Erfinv",
          "Exp",
          "Expm1",
          "Floor",
          "Gelu",
          "I0",
          "LeakyRelu",
          "Log",
          "Log1p",
          "LogSigmoid",
          "LogSoftmax",
          "Logsumexp",
          "Norm",
          "Normalize",
          "Reciprocal",
          "Rsqrt",
          "Selu",
          "Sigmoid",
          "Silu",
          "Sin",
          "Sinh",
          "Softmax",
          "Softplus",
          "Softsign",
          "Sqrt",
          "Std",
          "Tan",
          "Tanh",
          "Var");

  private final List<Tree> args;
  private final List<Tree> tensors = new ArrayList<>();
  private final Set<String> types = new HashSet<>();

  private TensorFlowOperands(List<Tree> args, Tree named) {
    this.args = args;
    collect(Tree.of(args));
    collect(named);
    tensors.forEach(tensor -> TensorReference.dtype(tensor).ifPresent(types::add));
  }

  private void collect(Tree tree) {
    TensorReference.map(
        tree,
        reference -> {
          tensors.add(reference);
          return reference;
        });
  }

  /**
   * Whether a function of TensorFlow takes the operands of Keras's one.
   *
   * @param named all arguments behind the first, by Keras's names
   */
  static boolean fit(FunctionPairs.Pair pair, List<Tree> args, Map<String, Tree> named) {
    TensorFlowOperands operands = new TensorFlowOperands(args, Tree.of(named));
    if (FLOATING.contains(pair.className()) && !operands.areFloating()) {
      return false;
    }
    return switch (pair.className()) {
      case "All", "Any", "LogicalAnd", "LogicalNot", "LogicalOr", "LogicalXor" ->
          operands.areAll("bool");
      case "SaturateCast", "OneHot" ->
          !operands.types.contains("bool")
              && named.getOrDefault("dtype", Tree.none()).asText().filter("bool"::equals).isEmpty();
      case "Matmul" -> rank(args.get(0)) > 1 && rank(named.getOrDefault(SECOND, args.get(0))) > 1;
      case "Norm" ->
          named.getOrDefault("ord", Tree.none()).asDouble().filter(ord -> ord <= 0).isEmpty();
      // The condition, which stands first, has a type of its own.
      case "Where" -> new TensorFlowOperands(List.of(), Tree.of(named)).haveOneType();
      default -> !named.containsKey(SECOND) || operands.haveOneType();
    };
  }

  /** The rank of an operand, whether a layer makes it or it is written out. */
  static int rank(Tree operand) {
    if (TensorReference.isReference(operand)) {
      return TensorReference.rank(operand);
    }
    Tree value = PlainValues.of(operand);
    return value.items().isEmpty() ? 0 : 1 + rank(value.items().get(0));
  }

  private boolean areAll(String type) {
    return types.stream().allMatch(type::equals)
        && args.stream().allMatch(arg -> arg.asDouble().isEmpty());
  }

  /** Numbers are of the type of the tensor beside them. */
  private boolean haveOneType() {
    boolean fraction =
        args.stream().anyMatch(arg -> arg.asDouble().isPresent() && arg.asLong().isEmpty());
    return types.size() <= 1 && (!fraction || areFloating());
  }

  private boolean areFloating() {
    return !types.isEmpty() && types.stream().allMatch(type -> type.contains("float"));
  }

  /** A first operand that is a number decides the type: a whole one beside fractions is one. */
  static Tree first(List<Tree> args, Map<String, Tree> named) {
    Tree first = args.get(0);
    boolean floating = new TensorFlowOperands(args, Tree.of(named)).areFloating();
    return floating && first.asLong().isPresent() ? Tree.of((double) first.asLong().get()) : first;
  }
}
