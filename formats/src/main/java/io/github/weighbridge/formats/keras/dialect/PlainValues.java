package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import java.util.Optional;

/** Values that some versions put into envelopes: arrays, tuples and shapes. */
final class PlainValues {

  private PlainValues() {}

  /** The value inside an envelope; other trees stay. */
  static Tree of(Tree tree) {
    if (!(tree instanceof Tree.Obj object)) {
      return tree;
    }
    String className = object.text("class_name").orElse("");
    Optional<Tree> inner =
        switch (className) {
          // tf.keras writes tuples and shapes so in some JSON.
          case "__tuple__", "TensorShape" -> object.get("items");
          case "__numpy__", "__tensor__" -> object.object("config").flatMap(c -> c.get("value"));
          default -> Optional.empty();
        };
    return inner.map(PlainValues::elements).orElse(tree);
  }

  private static Tree elements(Tree tree) {
    List<Tree> items = tree.items();
    return tree.isArray() ? Tree.of(items.stream().map(PlainValues::of).toList()) : tree;
  }
}
