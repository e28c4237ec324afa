package io.github.weighbridge.formats.dl4j.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Brings configurations of DL4J 0.5.0 to 1.0.0-beta7 into the words of 1.0.0-M2.1. */
public final class Dl4jDialect {

  private Dl4jDialect() {}

  /** The configuration of a MultiLayerNetwork or a ComputationGraph, in the words of M2.1. */
  public static Tree.Obj toCanonical(Tree.Obj configuration) {
    Tree.Obj result = configuration;
    if (result.get("confs").orElse(Tree.none()) instanceof Tree.Arr confs) {
      List<Tree> own = new ArrayList<>();
      for (Tree conf : confs.elements()) {
        own.add(conf.asObject().<Tree>map(Dl4jDialect::conf).orElse(conf));
      }
      result = result.with("confs", Tree.of(own));
    }
    result = members(result, "inputPreProcessors", WrappedTypes::preProcessor);
    return members(result, "vertices", Dl4jDialect::vertex);
  }

  private static Tree.Obj members(
      Tree.Obj object, String key, Function<Tree.Obj, ? extends Tree> change) {
    if (object.object(key).isEmpty()) {
      return object;
    }
    Map<String, Tree> changed = new LinkedHashMap<>();
    object
        .object(key)
        .get()
        .members()
        .forEach(
            (name, value) -> changed.put(name, value.asObject().<Tree>map(change).orElse(value)));
    return object.with(key, Tree.of(changed));
  }

  private static Tree.Obj vertex(Tree.Obj wrapped) {
    Tree.Obj vertex = WrappedTypes.vertex(wrapped);
    vertex = WrappedTypes.within(vertex, "preProcessor", WrappedTypes::preProcessor);
    vertex = WrappedTypes.within(vertex, "underlying", Dl4jDialect::vertex);
    return WrappedTypes.within(vertex, "layerConf", Dl4jDialect::conf);
  }

  /** A NeuralNetConfiguration: some of its numbers belong to its layer. */
  private static Tree.Obj conf(Tree.Obj conf) {
    return WrappedTypes.within(conf, "layer", layer -> layer(layer, conf));
  }

  private static Tree.Obj layer(Tree.Obj wrapped, Tree.Obj conf) {
    Tree.Obj layer = WrappedTypes.layer(wrapped);
    layer = EarlyFunctions.named(layer, conf);
    layer = EarlyTraining.stated(layer, conf);
    for (String inner : List.of("layer", "underlying", "fwd", "bwd")) {
      layer = WrappedTypes.within(layer, inner, own -> layer(own, conf));
    }
    return layer;
  }
}
