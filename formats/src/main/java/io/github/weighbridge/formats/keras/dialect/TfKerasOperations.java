package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TensorFlow's functions among the layers of tf.keras 2.4 and later (TFOpLambda, SlicingOpLambda),
 * as the functions of {@code keras.ops} that do the same. Functions without such a twin stay.
 */
final class TfKerasOperations {

  /**
   * A function of TensorFlow.
   *
   * @param className Keras 3's
   * @param operands names of its arguments that are positional in Keras 3, after the first
   * @param renamed names of its other arguments that Keras 3 has under another name
   */
  private record Function(String className, List<String> operands, Map<String, String> renamed) {}

  private static final Map<String, Function> FUNCTIONS = new LinkedHashMap<>();

  /** Arguments that Keras 3 does not have, which change nothing when they are false. */
  private static final List<String> FLAGS =
      List.of(
          "a_is_sparse",
          "adjoint_a",
          "adjoint_b",
          "b_is_sparse",
          "conjugate",
          "transpose_a",
          "transpose_b");

  static {
    binary("Add", "__operators__.add", "math.add");
    binary("Subtract", "math.subtract");
    binary("Multiply", "math.multiply");
    binary("TrueDivide", "math.truediv", "math.divide");
    binary("FloorDivide", "math.floordiv");
    binary("Mod", "math.floormod");
    binary("Power", "math.pow");
    binary("Maximum", "math.maximum");
    binary("Minimum", "math.minimum");
    binary("Equal", "math.equal", "__operators__.eq");
    binary("NotEqual", "math.not_equal", "__operators__.ne");
    binary("Greater", "math.greater");
    binary("GreaterEqual", "math.greater_equal");
    binary("Less", "math.less");
    binary("LessEqual", "math.less_equal");
    binary("LogicalAnd", "math.logical_and");
    binary("LogicalOr", "math.logical_or");
    add("Matmul", List.of("b"), Map.of(), "linalg.matmul");
    add("Where", List.of("x", "y"), Map.of(), "where");
    for (String reduction : List.of("Mean", "Sum", "Max", "Min", "Prod", "Any", "All")) {
      plain(reduction, "math.reduce_" + reduction.toLowerCase(java.util.Locale.ROOT));
    }
    plain("Absolute", "math.abs");
    plain("Ceil", "math.ceil");
    plain("Exp", "math.exp");
    plain("Floor", "math.floor");
    plain("Log", "math.log");
    plain("LogicalNot", "math.logical_not");
    plain("Negative", "math.negative");
    plain("Round", "math.round");
    plain("Rsqrt", "math.rsqrt");
    plain("Sign", "math.sign");
    plain("Sqrt", "math.sqrt");
    plain("Square", "math.square");
    plain("Relu", "nn.relu");
    plain("Relu6", "nn.relu6");
    plain("Sigmoid", "math.sigmoid", "nn.sigmoid");
    plain("Softplus", "math.softplus");
    plain("Tanh", "math.tanh", "nn.tanh");
    plain("Softmax", "nn.softmax");
    plain("Concatenate", "concat");
    plain("Stack", "stack");
    plain("ExpandDims", "expand_dims");
    plain("Squeeze", "squeeze");
    plain("Cast", "cast");
    plain("OnesLike", "ones_like");
    plain("ZerosLike", "zeros_like");
    add("Reshape", List.of(), Map.of("shape", "newshape"), "reshape");
    add("Transpose", List.of(), Map.of("perm", "axes"), "transpose", "compat.v1.transpose");
    add(
        "Clip",
        List.of(),
        Map.of("clip_value_min", "x_min", "clip_value_max", "x_max"),
        "clip_by_value");
    add("GetItem", List.of("slice_spec"), Map.of(), "__operators__.getitem");
  }

  private TfKerasOperations() {}

  private static void binary(String className, String... symbols) {
    add(className, List.of("y"), Map.of(), symbols);
  }

  private static void plain(String className, String... symbols) {
    add(className, List.of(), Map.of(), symbols);
  }

  private static void add(
      String className, List<String> operands, Map<String, String> renamed, String... symbols) {
    for (String symbol : symbols) {
      FUNCTIONS.put(symbol, new Function(className, operands, renamed));
    }
  }

  /** Marks a layer that is a known function. */
  static Tree.Obj toKeras3(Tree.Obj layer) {
    Optional<Function> function = function(layer);
    if (function.isEmpty()) {
      return layer;
    }
    Tree.Obj written =
        Tree.object()
            .with("class_name", layer.get("class_name").orElse(Tree.none()))
            .with("config", layer.get("config").orElse(Tree.none()));
    return layer
        .with("class_name", Tree.of(function.get().className()))
        .with("operation", Tree.of(true))
        .with("written", written);
  }

  private static Optional<Function> function(Tree.Obj layer) {
    boolean lambda =
        layer
            .text("class_name")
            .filter(c -> c.equals("TFOpLambda") || c.equals("SlicingOpLambda"))
            .isPresent();
    return lambda
        ? layer.object("config").flatMap(c -> c.text("function")).map(FUNCTIONS::get)
        : Optional.empty();
  }

  /** A marked layer whose calls are canonical, with its arguments where Keras 3 has them. */
  static Tree.Obj withArguments(Tree.Obj layer) {
    Function function = layer.object("written").flatMap(TfKerasOperations::function).orElse(null);
    if (function == null) {
      return layer;
    }
    Tree.Obj config = Tree.object().with("name", Tree.of(LayerWalk.name(layer)));
    List<Tree> nodes = new ArrayList<>();
    for (Tree node : layer.items("inbound_nodes")) {
      Tree.Obj call = node.asObject().orElse(Tree.object());
      Tree.Obj kwargs = call.object("kwargs").orElse(Tree.object()).without("name");
      List<Tree> args = new ArrayList<>(call.items("args"));
      for (String operand : function.operands()) {
        if (kwargs.has(operand)) {
          args.add(slices(kwargs.get(operand).orElse(Tree.none())));
          kwargs = kwargs.without(operand);
        }
      }
      for (Map.Entry<String, Tree> argument : kwargs.members().entrySet()) {
        String key = argument.getKey();
        if (FLAGS.contains(key) && argument.getValue().equals(Tree.of(false))) {
          continue;
        }
        config = config.with(function.renamed().getOrDefault(key, key), argument.getValue());
      }
      nodes.add(Tree.of(Map.of("args", args, "kwargs", Tree.object())));
    }
    return layer.with("config", config).with("inbound_nodes", Tree.of(nodes));
  }

  /** Slices as Keras 3 has them: {@code {"start", "stop", "step"}} gets an envelope. */
  private static Tree slices(Tree tree) {
    if (tree instanceof Tree.Obj slice && slice.has("start") && slice.has("stop")) {
      return Tree.of(Map.of("class_name", "__slice__", "config", slice));
    }
    return tree.isArray()
        ? Tree.of(tree.items().stream().map(TfKerasOperations::slices).toList())
        : tree;
  }
}
