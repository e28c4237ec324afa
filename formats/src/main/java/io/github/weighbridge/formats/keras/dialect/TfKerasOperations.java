package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * TensorFlow's functions among the layers of tf.keras, as functions of {@code keras.ops} that do
 * the same, or under TensorFlow's own names: TFOpLambda and SlicingOpLambda since TensorFlow 2.4,
 * TensorFlowOpLayer before.
 */
final class TfKerasOperations {

  /** A call in the words of TensorFlow: its first argument is positional, the others have names. */
  record Call(List<Tree> args, Map<String, Tree> kwargs) {}

  /** Arguments that change nothing of what is computed. */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "dtype_hint",
          "name",
          "partition_strategy",
          "use_cudnn_on_gpu",
          "validate_indices",
          "var");

  /** Arguments that Keras 3's functions do not have, with the value that they always have there. */
  private static final Map<String, Tree> FIXED =
      Map.of(
          "align", Tree.of("RIGHT_LEFT"),
          "conjugate", Tree.of(false),
          "out_type", Tree.of("int32"),
          "padding_value", Tree.of(0));

  /** What TensorFlow 1 called some arguments. */
  private static final Map<String, String> OLD =
      Map.of(
          "dim", "axis",
          "dimension", "axis",
          "keep_dims", "keepdims",
          "reduction_indices", "axis",
          "squeeze_dims", "axis");

  /** Arguments that are tensors wherever they occur. */
  private static final Set<String> TENSORS =
      Set.of(
          "b",
          "bias",
          "clip_value_max",
          "clip_value_min",
          "depthwise_filter",
          "filter",
          "filters",
          "mean",
          "offset",
          "pointwise_filter",
          "scale",
          "variance",
          "x",
          "y");

  /** Functions of lists of tensors. */
  private static final Set<String> LISTS = Set.of("Concatenate", "Stack", "tf.math.add_n");

  private TfKerasOperations() {}

  /** Marks a layer that is a function. */
  static Tree.Obj toKeras3(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    String name =
        switch (layer.text("class_name").orElse("")) {
          case "TFOpLambda", "SlicingOpLambda" ->
              config.text("function").map(f -> TensorFlowNames.of(f).name()).orElse("");
          case "TensorFlowOpLayer" ->
              TensorFlowNodes.symbol(config).map(s -> TensorFlowNames.of(s).name()).orElse("");
          default -> "";
        };
    if (name.isEmpty()) {
      return layer;
    }
    Tree.Obj written =
        Tree.object()
            .with("class_name", layer.get("class_name").orElse(Tree.none()))
            .with("config", config);
    return layer
        .with("class_name", Tree.of(name))
        .with("operation", Tree.of(true))
        .with("written", written);
  }

  /** A marked layer whose calls are canonical, with its arguments as Keras 3 has them. */
  static Tree.Obj withArguments(Tree.Obj layer) {
    Tree.Obj written = layer.object("written").orElse(Tree.object());
    Tree.Obj config = written.object("config").orElse(Tree.object());
    List<Tree> nodes = new ArrayList<>();
    for (Tree node : layer.items("inbound_nodes")) {
      Tree.Obj call = node.asObject().orElse(Tree.object());
      if (config.text("function").isPresent()) {
        Call own =
            new Call(call.items("args"), call.object("kwargs").orElse(Tree.object()).members());
        nodes.add(translated(own, TensorFlowNames.of(config.text("function").get())));
      } else {
        String symbol = TensorFlowNodes.symbol(config).orElse("");
        Tree inputs = call.items("args").isEmpty() ? Tree.none() : call.items("args").get(0);
        nodes.add(
            translated(TensorFlowNodes.call(config, inputs.items()), TensorFlowNames.of(symbol)));
      }
    }
    return layer
        .with("config", Tree.object().with("name", Tree.of(LayerWalk.name(layer))))
        .with("inbound_nodes", Tree.of(nodes));
  }

  private static Tree translated(Call call, TensorFlowNames.Function function) {
    boolean own = function.name().startsWith("tf.");
    Map<String, Tree> kwargs = new LinkedHashMap<>();
    for (Map.Entry<String, Tree> argument : call.kwargs().entrySet()) {
      String key = OLD.getOrDefault(argument.getKey(), argument.getKey());
      Tree value = argument.getValue();
      if (WITHOUT_MEANING.contains(key)
          || (value.isNull() && !key.equals("slice_spec"))
          || (!own && value.equals(FIXED.get(key)))) {
        continue;
      }
      if (!own && key.equals("data_format")) {
        boolean first = value.asText().filter(format -> format.startsWith("NC")).isPresent();
        value = Tree.of(first ? "channels_first" : "channels_last");
      }
      kwargs.put(
          function.renamed().getOrDefault(key, key), TENSORS.contains(key) ? tensor(value) : value);
    }
    function.implied().forEach(kwargs::putIfAbsent);
    List<Tree> args = new ArrayList<>();
    boolean binary = call.kwargs().containsKey("y") || call.kwargs().containsKey("b");
    for (Tree arg : call.args()) {
      if (LISTS.contains(function.name()) && arg.isArray()) {
        args.add(Tree.of(arg.items().stream().map(TfKerasOperations::tensor).toList()));
      } else {
        args.add(binary ? tensor(arg) : arg);
      }
    }
    // Keras 3 calls functions of several tensors with all of them in their places.
    for (String operand : List.of("x1", "x2")) {
      Tree second = kwargs.remove(operand);
      if (second != null) {
        args.add(second);
      }
    }
    return Tree.of(Map.of("args", args, "kwargs", Tree.of(kwargs)));
  }

  /** An array of numbers has no type in the file: TensorFlow gives it that of the tensors. */
  private static Tree tensor(Tree tree) {
    Tree first = tree;
    while (first.isArray() && !first.items().isEmpty()) {
      first = first.items().get(0);
    }
    boolean numbers =
        first.isArray() || first.asDouble().isPresent() || first.asBoolean().isPresent();
    return tree.isArray() && numbers
        ? Tree.of(Map.of("class_name", "__tensor__", "config", Map.of("value", tree)))
        : tree;
  }
}
