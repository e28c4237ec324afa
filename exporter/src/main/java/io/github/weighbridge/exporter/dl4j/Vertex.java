package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Optional;
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

  private static final String FROZEN = "FrozenLayerWithBackprop";
  private static final List<String> PENALTIES = List.of("regularization", "regularizationBias");

  /** Where layers have those that they are made of. */
  private static final List<String> WITHIN = List.of("underlying", "fwd", "bwd");

  /** The simple name of DL4J's class, of the layer within if that is frozen. */
  String simpleClassName() {
    return simpleName(isFrozen() ? config.object("underlying").orElseThrow() : config);
  }

  /** The simple name of an object's class. */
  static String simpleName(Tree.Obj object) {
    String name = object.text(Dl4jObject.CLASS).orElse("");
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Whether it is a layer that is not trained. */
  boolean isFrozen() {
    return simpleName(config).equals(FROZEN);
  }

  /**
   * This layer, not trained; gradients go on to the layers before it. It has no penalties and no
   * decay, which DL4J would add to a frozen layer too.
   */
  Vertex frozen() {
    return withConfig(
        LayerTemplates.plain("misc." + FROZEN)
            .with("layerName", name)
            .with("underlying", withoutPenalties(config))
            .tree());
  }

  private static Tree.Obj withoutPenalties(Tree.Obj layer) {
    Tree.Obj result = layer;
    for (String key : PENALTIES) {
      result = result.has(key) ? result.with(key, Tree.of(List.of())) : result;
    }
    for (String key : WITHIN) {
      Optional<Tree.Obj> inner = layer.object(key);
      result = inner.isPresent() ? result.with(key, withoutPenalties(inner.get())) : result;
    }
    return result;
  }

  /** How many parameters, the last ones, are statistics that no gradient changes. */
  int statistics() {
    return simpleName(innermost()).equals("BatchNormalization") ? 2 : 0;
  }

  /** The configuration within all wrappers; of two directions that of the first. */
  Tree.Obj innermost() {
    return innermost(config);
  }

  private static Tree.Obj innermost(Tree.Obj layer) {
    return layer
        .object("underlying")
        .or(() -> layer.object("fwd"))
        .map(Vertex::innermost)
        .orElse(layer);
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
