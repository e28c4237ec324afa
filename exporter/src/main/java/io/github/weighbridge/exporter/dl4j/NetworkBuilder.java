package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the vertices of a network in topological order. Not thread-safe. */
final class NetworkBuilder {

  private final List<String> inputs = new ArrayList<>();
  private final List<Vertex> vertices = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** A network input. */
  String input(String wanted) {
    String name = unique(wanted);
    inputs.add(name);
    return name;
  }

  /** A layer on one input. */
  String layer(
      String wanted,
      Dl4jObject config,
      List<WeightRef> parameters,
      String input,
      Tree.@Nullable Obj preProcessor) {
    String name = unique(wanted);
    Tree.Obj tree = config.with("layerName", name).tree();
    vertices.add(new Vertex(name, true, tree, preProcessor, parameters, List.of(input)));
    return name;
  }

  /** A layer on one input whose parameters are constants. */
  String constant(String wanted, Dl4jObject config, List<WeightRef> parameters, String input) {
    int at = vertices.size();
    String name = layer(wanted, config, parameters, input, null);
    freeze(at);
    return name;
  }

  /** A vertex without a layer. */
  String vertex(String wanted, Dl4jObject config, List<String> vertexInputs) {
    String name = unique(wanted);
    vertices.add(new Vertex(name, false, config.tree(), null, List.of(), vertexInputs));
    return name;
  }

  /**
   * A preprocessor alone, held by a layer that changes nothing: both kinds of network have that.
   */
  String preProcessor(String wanted, Tree.Obj preProcessor, String input) {
    return layer(
        wanted, LayerTemplates.activation(Activations.IDENTITY), List.of(), input, preProcessor);
  }

  /** Puts a vertex in the place of that of the same name. */
  void replace(Vertex vertex) {
    vertices.replaceAll(own -> own.name().equals(vertex.name()) ? vertex : own);
  }

  /** Freezes the layers with parameters from a vertex on. */
  void freeze(int from) {
    vertices
        .subList(from, vertices.size())
        .replaceAll(v -> v.parameters().isEmpty() || v.isFrozen() ? v : v.frozen());
  }

  /** The inputs so far. */
  List<String> inputs() {
    return List.copyOf(inputs);
  }

  /** The vertices so far, in topological order. */
  List<Vertex> vertices() {
    return List.copyOf(vertices);
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 1; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
