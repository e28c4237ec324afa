package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keras 3's functional models: nodes are canonical but for the counting of calls, for ends, and for
 * arguments that were given by position and have a name.
 */
final class Keras3Nodes {

  private Keras3Nodes() {}

  static Tree.Obj toCanonical(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    if (!LayerWalk.isNetwork(config) || !config.has("output_layers")) {
      return layer;
    }
    List<Tree> layers = new ArrayList<>();
    LayerWalk.layers(config).forEach(inner -> layers.add(withNames(inner)));
    Tree.Obj changed = config.with("layers", Tree.of(layers));
    for (String end : List.of("input_layers", "output_layers")) {
      changed = changed.with(end, TensorReference.ends(config.get(end).orElse(Tree.none())));
    }
    return layer.with(
        "config", CallIndexes.fromZero(changed, nested -> false, Keras3Nodes::isFunctional));
  }

  /**
   * A call as Keras 3 writes it. Recurrent layers take their first states beside the sequence, not
   * in one list with it.
   */
  static Tree spelled(Tree node, Tree.Obj layer) {
    if (!(node instanceof Tree.Obj written)) {
      return node;
    }
    Tree.Obj call = written.with("kwargs", given(written));
    if (!isRecurrent(layer)) {
      return call;
    }
    List<Tree> args = call.items("args");
    if (args.size() != 1 || !args.get(0).isArray() || args.get(0).items().size() < 2) {
      return call;
    }
    List<Tree> tensors = args.get(0).items();
    Tree.Obj kwargs = call.object("kwargs").orElse(Tree.object());
    return call.with("args", Tree.of(tensors.subList(0, 1)))
        .with("kwargs", kwargs.with("initial_state", Tree.of(tensors.subList(1, tensors.size()))));
  }

  /** Arguments that are none need not be known to the layer. */
  private static Tree.Obj given(Tree.Obj call) {
    Tree.Obj kwargs = call.object("kwargs").orElse(Tree.object());
    Tree.Obj given = kwargs;
    for (Map.Entry<String, Tree> argument : kwargs.members().entrySet()) {
      given = argument.getValue().isNull() ? given.without(argument.getKey()) : given;
    }
    return given;
  }

  static boolean isFunctional(Tree.Obj nested) {
    return nested.object("config").filter(c -> c.has("input_layers")).isPresent();
  }

  /** The arguments after the first, in the order of each class's {@code call}. */
  private static List<String> names(Tree.Obj layer) {
    return switch (layer.text("class_name").orElse("")) {
      case "LSTM",
          "GRU",
          "SimpleRNN",
          "RNN",
          "ConvLSTM1D",
          "ConvLSTM2D",
          "ConvLSTM3D",
          "Bidirectional" ->
          List.of("initial_state", "mask", "training");
      case "TimeDistributed", "BatchNormalization", "Functional", "Sequential" ->
          List.of("training", "mask");
      case "Dropout",
          "SpatialDropout1D",
          "SpatialDropout2D",
          "SpatialDropout3D",
          "AlphaDropout",
          "GaussianDropout",
          "GaussianNoise" ->
          List.of("training");
      case "Softmax", "GlobalAveragePooling1D" -> List.of("mask");
      default -> List.of();
    };
  }

  private static boolean isRecurrent(Tree.Obj layer) {
    return names(layer).contains("initial_state");
  }

  private static Tree.Obj withNames(Tree.Obj layer) {
    List<String> names = layer.has("operation") ? List.of() : names(layer);
    if (names.isEmpty() || !layer.has("inbound_nodes")) {
      return layer;
    }
    List<Tree> nodes = new ArrayList<>();
    for (Tree node : layer.items("inbound_nodes")) {
      nodes.add(node instanceof Tree.Obj call ? withNames(call, names) : node);
    }
    return layer.with("inbound_nodes", Tree.of(nodes));
  }

  private static Tree.Obj withNames(Tree.Obj call, List<String> names) {
    List<Tree> args = call.items("args");
    if (args.size() < 2 || args.size() - 1 > names.size()) {
      return call;
    }
    Tree.Obj kwargs = call.object("kwargs").orElse(Tree.object());
    for (int i = 1; i < args.size(); i++) {
      kwargs = kwargs.withDefault(names.get(i - 1), args.get(i));
    }
    return call.with("args", Tree.of(args.subList(0, 1))).with("kwargs", kwargs);
  }
}
