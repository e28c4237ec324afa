package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the InputLayer of a Sequential out where the file tells the shape elsewhere: in the first
 * layer ({@code batch_input_shape}), in {@code build_input_shape} (a model built by its first
 * data), in the {@code build_config} of Keras 3, or in the model that is the first layer.
 */
final class SequentialInput {

  private SequentialInput() {}

  static Tree.Obj toCanonical(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    List<Tree.Obj> layers = LayerWalk.layers(config);
    if (!LayerWalk.isNetwork(config)
        || config.has("output_layers")
        || layers.isEmpty()
        || isInput(layers.get(0))) {
      return layer;
    }
    Tree.Obj first = layers.get(0);
    return input(first)
        .or(() -> shape(config, "build_input_shape").map(s -> input(first, s)))
        .or(
            () ->
                layer
                    .object("build_config")
                    .flatMap(b -> shape(b, "input_shape"))
                    .map(s -> input(first, s)))
        .map(
            input -> {
              List<Tree> all = new ArrayList<>();
              all.add(input);
              all.addAll(layers);
              return layer.with("config", config.with("layers", Tree.of(all)));
            })
        .orElse(layer);
  }

  private static boolean isInput(Tree.Obj layer) {
    return layer.text("class_name").filter("InputLayer"::equals).isPresent();
  }

  /** The InputLayer that a layer implies by itself. */
  private static Optional<Tree.Obj> input(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    if (LayerWalk.isNetwork(config)) {
      // A nested model brings its own, if it has a single one.
      List<Tree.Obj> inputs =
          LayerWalk.layers(config).stream().filter(SequentialInput::isInput).toList();
      return inputs.size() == 1
          ? inputs
              .get(0)
              .object("config")
              .flatMap(c -> shape(c, "batch_shape").map(s -> input(layer, s, c)))
          : Optional.empty();
    }
    return shape(config, "batch_input_shape")
        .or(() -> layer.object("build_config").flatMap(b -> shape(b, "input_shape")))
        .map(s -> input(layer, s));
  }

  private static Optional<Tree> shape(Tree.Obj object, String key) {
    return object.get(key).map(PlainValues::of).filter(Tree::isArray);
  }

  private static Tree.Obj input(Tree.Obj first, Tree shape) {
    return input(first, shape, first.object("config").orElse(Tree.object()));
  }

  private static Tree.Obj input(Tree.Obj first, Tree shape, Tree.Obj typed) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", LayerWalk.name(first) + "_input");
    config.put("batch_shape", shape);
    // A mixed policy computes in half precision and takes its inputs as they are.
    String dtype = typed.text("dtype").filter(d -> !d.startsWith("mixed_")).orElse("float32");
    config.put("dtype", dtype);
    return (Tree.Obj)
        Tree.of(Map.of("class_name", "InputLayer", "name", config.get("name"), "config", config));
  }
}
