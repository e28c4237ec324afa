package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Tree;
import java.util.function.BiFunction;

/** The envelope that Keras puts around objects: a class name and a configuration. */
final class KerasObject {

  /** In canonical form, holds what the file has of an object that is not known. */
  static final String CUSTOM = "custom";

  private KerasObject() {}

  /** The name of an object in the form of a file: its class, or itself if it is a name. */
  static String name(Tree written) {
    return written
        .asText()
        .or(() -> written.asObject().flatMap(object -> object.text("class_name")))
        .orElse("");
  }

  static <T> T read(Tree tree, BiFunction<String, Tree.Obj, T> constructor) {
    if (tree.asText().isPresent()) {
      return constructor.apply(tree.asText().get(), Tree.object());
    }
    Tree.Obj object =
        tree.asObject().orElseThrow(() -> new IllegalArgumentException("not an object"));
    String name =
        object.text("class_name").orElseThrow(() -> new IllegalArgumentException("no class_name"));
    return constructor.apply(name, object.object("config").orElse(Tree.object()));
  }

  static Tree write(String className, Tree.Obj config) {
    return Tree.object().with("class_name", Tree.of(className)).with("config", config);
  }
}
