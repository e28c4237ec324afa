package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import java.util.List;

/** A layer in canonical form, by its members. */
record LayerTree(Tree.Obj tree) {

  String name() {
    return tree.text("name").orElse("");
  }

  String className() {
    return tree.text("class_name").orElse("");
  }

  /** The name under which a class that is not Keras's own was registered, or the class name. */
  String registeredName() {
    return tree.text("registered_name").filter(name -> !name.isEmpty()).orElse(className());
  }

  /** The class as the file names it, where that is an alias. */
  String fileClass() {
    return tree.text("file_class").orElse(className());
  }

  /**
   * The class that the paths of weights name: functions of Keras 3 are no layers and have none,
   * those of tf.keras are.
   */
  String pathClass() {
    if (!isOperation()) {
      return fileClass();
    }
    return written().has("config") ? written().text("class_name").orElse("") : "";
  }

  Tree.Obj config() {
    return tree.object("config").orElse(Tree.object());
  }

  boolean isOperation() {
    return tree.has("operation");
  }

  /** How the file names a function. */
  Tree.Obj written() {
    return tree.object("written").orElse(Tree.object());
  }

  boolean isNetwork() {
    return config().get("layers").filter(Tree::isArray).isPresent();
  }

  boolean isFunctional() {
    return config().has("output_layers");
  }

  boolean isInput() {
    return className().equals("InputLayer");
  }

  List<LayerTree> layers() {
    return config().items("layers").stream()
        .flatMap(layer -> layer.asObject().stream())
        .map(LayerTree::new)
        .toList();
  }

  /** The calls, in the order of the file. */
  List<Tree.Obj> calls() {
    return tree.items("inbound_nodes").stream()
        .map(node -> node.asObject().orElse(Tree.object()))
        .toList();
  }

  Place place(Place file) {
    return file.withLayer(name(), fileClass());
  }
}
