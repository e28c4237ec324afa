package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keras 1's Merge, one layer for all ways to merge, as the layer of its mode. */
final class Keras1Merges {

  private static final Map<String, String> CLASSES =
      Map.of(
          "ave", "Average",
          "concat", "Concatenate",
          "cos", "Merge",
          "dot", "Dot",
          "max", "Maximum",
          "mul", "Multiply",
          "sum", "Add");

  private Keras1Merges() {}

  static Tree.Obj toKeras2(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    String mode = config.text("mode").orElse("");
    boolean code = !config.text("mode_type").orElse("raw").equals("raw");
    if (code || !CLASSES.containsKey(mode)) {
      // A function of Python, which no more runs here than a Lambda does.
      return layer.with("class_name", Tree.of("Lambda")).with("file_class", Tree.of("Merge"));
    }
    Tree.Obj merged = Tree.object();
    for (String key : List.of("name", "trainable")) {
      merged = config.get(key).isPresent() ? merged.with(key, config.get(key).get()) : merged;
    }
    merged =
        switch (mode) {
          case "concat" -> merged.with("axis", config.get("concat_axis").orElse(Tree.of(-1)));
          case "cos", "dot" ->
              merged.with("axes", axes(config.get("dot_axes").orElse(Tree.of(-1))));
          default -> merged;
        };
    return layer
        .with("class_name", Tree.of(CLASSES.getOrDefault(mode, mode)))
        .with("file_class", Tree.of("Merge"))
        .with("config", merged);
  }

  /** Axes may stand in a list each. */
  private static Tree axes(Tree written) {
    if (!written.isArray()) {
      return written;
    }
    List<Tree> axes = new ArrayList<>();
    written.items().forEach(axis -> axes.add(axis.isArray() ? axis.items().get(0) : axis));
    return Tree.of(axes);
  }
}
