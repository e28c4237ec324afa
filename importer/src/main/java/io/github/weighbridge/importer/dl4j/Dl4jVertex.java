package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import java.util.Optional;

/**
 * A layer of a DL4J network, or a vertex without one.
 *
 * @param name unique within the network
 * @param isLayer whether {@code config} is that of a layer; else it is a vertex's
 * @param config with {@code @class}
 * @param preProcessor what the layer's input passes first
 * @param inputs names of inputs and vertices
 */
record Dl4jVertex(
    String name,
    boolean isLayer,
    Tree.Obj config,
    Optional<Tree.Obj> preProcessor,
    List<String> inputs) {

  /** The property that names an object's class. */
  static final String CLASS = "@class";

  /** Copies the inputs. */
  Dl4jVertex {
    inputs = List.copyOf(inputs);
  }

  /** The name of the configuration's class, without its package. */
  String simpleClass() {
    return simpleClass(config);
  }

  /** The name of an object's class, without its package; empty if it has none. */
  static String simpleClass(Tree.Obj object) {
    String name = object.text(CLASS).orElse("");
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
