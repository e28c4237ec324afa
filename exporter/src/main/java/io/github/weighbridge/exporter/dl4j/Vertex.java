package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DL4J layer, or a vertex without one.
 *
 * @param name unique within the network
 * @param isLayer whether {@code config} is that of a layer; else it is a vertex's
 * @param config with {@code @class}
 * @param preProcessor what a layer's input passes first, or null
 * @param parameters in DL4J's order, each row-major as it stands in the flat vector
 * @param inputs names of inputs and vertices
 */
record Vertex(
    String name,
    boolean isLayer,
    Tree.Obj config,
    Tree.@Nullable Obj preProcessor,
    List<WeightRef> parameters,
    List<String> inputs) {

  /** Copies the lists. */
  Vertex {
    parameters = List.copyOf(parameters);
    inputs = List.copyOf(inputs);
  }

  /** The simple name of DL4J's class. */
  String simpleClassName() {
    String name = config.text(Dl4jObject.CLASS).orElse("");
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** This vertex with other inputs. */
  Vertex withInputs(List<String> newInputs) {
    return new Vertex(name, isLayer, config, preProcessor, parameters, newInputs);
  }

  /** This vertex with another configuration. */
  Vertex withConfig(Tree.Obj newConfig) {
    return new Vertex(name, isLayer, newConfig, preProcessor, parameters, inputs);
  }
}
