package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Slices {@code x[1:, ..., 0]}: TensorFlow's {@code __operators__.getitem} with a {@code
 * slice_spec}, Keras 3's GetItem with a {@code key}.
 */
final class GetItems {

  private GetItems() {}

  /** A node of GetItem for one of TensorFlow. */
  static Optional<Tree.Obj> toKeras3(Tree.Obj layer) {
    List<Tree> nodes = new ArrayList<>();
    for (Tree node : layer.items("inbound_nodes")) {
      Tree.Obj call = node.asObject().orElse(Tree.object());
      Tree.Obj kwargs = call.object("kwargs").orElse(Tree.object());
      List<Tree> args = new ArrayList<>(call.items("args").subList(0, 1));
      args.add(key(kwargs.get("slice_spec").orElse(Tree.none())));
      nodes.add(Tree.of(Map.of("args", args, "kwargs", Tree.object())));
    }
    Tree.Obj own =
        layer
            .with("class_name", Tree.of("GetItem"))
            .with("config", Tree.object())
            .with("inbound_nodes", Tree.of(nodes));
    return ClassKeys.KERAS_3
        .operation("GetItem")
        .flatMap(
            entry -> Keras3Functions.spelled(own, entry, FunctionPairs.ofTensorFlow("GetItem")));
  }

  private static Tree key(Tree spec) {
    if (spec.isArray()) {
      return Tree.of(spec.items().stream().map(GetItems::key).toList());
    }
    if (spec instanceof Tree.Obj slice && slice.has("start")) {
      Tree.Obj config = Tree.object();
      for (String part : List.of("start", "stop", "step")) {
        config = config.with(part, slice.get(part).orElse(Tree.none()));
      }
      return Tree.of(Map.of("class_name", "__slice__", "config", config));
    }
    if (spec instanceof Tree.Obj object
        && object.text("class_name").filter("__ellipsis__"::equals).isPresent()) {
      return Tree.of(Map.of("class_name", "__ellipsis__", "config", Tree.object()));
    }
    return spec;
  }

  /** The {@code slice_spec} of TensorFlow for a key of GetItem. */
  static Tree sliceSpec(Tree key) {
    List<Tree> items = key.isArray() ? key.items() : List.of(key);
    List<Tree> spec = new ArrayList<>();
    for (Tree item : items) {
      if (item instanceof Tree.Obj object) {
        Tree.Obj config = object.object("config").orElse(Tree.object());
        Map<String, Object> slice = new LinkedHashMap<>();
        if (object.text("class_name").filter("__slice__"::equals).isPresent()) {
          for (String part : List.of("start", "stop", "step")) {
            slice.put(part, config.get(part).orElse(Tree.none()));
          }
        } else {
          slice.put("class_name", "__ellipsis__");
        }
        spec.add(Tree.of(slice));
      } else {
        spec.add(item);
      }
    }
    return Tree.of(spec);
  }
}
