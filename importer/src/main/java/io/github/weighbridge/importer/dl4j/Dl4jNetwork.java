package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A MultiLayerNetwork or a ComputationGraph, in one form.
 *
 * @param isMultiLayer which of both it is
 * @param inputs the names of what is given
 * @param outputs the names of the vertices whose results are returned
 * @param vertices in topological order, which is that of their parameters
 */
record Dl4jNetwork(
    boolean isMultiLayer, List<String> inputs, List<String> outputs, List<Dl4jVertex> vertices) {

  private static final String INPUT = "input";

  /** Copies the lists. */
  Dl4jNetwork {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    vertices = List.copyOf(vertices);
  }

  /** The network of a configuration; what is wrong with it is told. */
  static Dl4jNetwork of(Tree.Obj configuration, Place file, Problems problems) {
    return configuration.has("confs")
        ? multiLayer(configuration, file, problems)
        : graph(configuration, file, problems);
  }

  private static Dl4jNetwork multiLayer(Tree.Obj configuration, Place file, Problems problems) {
    Tree.Obj preProcessors = configuration.object("inputPreProcessors").orElse(Tree.object());
    List<Dl4jVertex> vertices = new ArrayList<>();
    Set<String> names = new HashSet<>();
    String last = INPUT;
    names.add(last);
    List<Tree> layers = configuration.items("confs");
    for (int i = 0; i < layers.size(); i++) {
      Optional<Tree.Obj> layer = layers.get(i).asObject().flatMap(own -> own.object("layer"));
      if (layer.isEmpty()) {
        missing(file.withKey("confs[" + i + "].layer"), problems);
        continue;
      }
      String name = layer.get().text("layerName").orElse("layer" + i);
      while (!names.add(name)) {
        name += "_" + i;
      }
      vertices.add(
          new Dl4jVertex(
              name, true, layer.get(), preProcessors.object(Integer.toString(i)), List.of(last)));
      last = name;
    }
    if (layers.isEmpty()) {
      missing(file.withKey("confs"), problems);
    }
    return new Dl4jNetwork(true, List.of(INPUT), List.of(last), vertices);
  }

  private static void missing(Place place, Problems problems) {
    problems.error(
        ProblemCode.CONFIG_KEY_MISSING,
        place,
        "must be in the configuration",
        "",
        "the file is damaged; save the model again");
  }

  private static Dl4jNetwork graph(Tree.Obj configuration, Place file, Problems problems) {
    for (String key : List.of("networkInputs", "networkOutputs", "vertices", "vertexInputs")) {
      if (!configuration.has(key)) {
        missing(file.withKey(key), problems);
      }
    }
    List<String> inputs = texts(configuration.items("networkInputs"));
    Tree.Obj vertexInputs = configuration.object("vertexInputs").orElse(Tree.object());
    Map<String, Dl4jVertex> vertices = new LinkedHashMap<>();
    configuration
        .object("vertices")
        .orElse(Tree.object())
        .members()
        .forEach(
            (name, tree) -> {
              Optional<Tree.Obj> config = tree.asObject();
              List<String> own = texts(vertexInputs.items(name));
              if (config.isEmpty()) {
                missing(file.withKey("vertices." + name), problems);
              } else {
                vertices.put(name, vertex(name, config.get(), own, file, problems));
              }
            });
    List<String> outputs = texts(configuration.items("networkOutputs"));
    requireKnown(inputs, vertices, outputs, file, problems);
    List<String> stated = texts(configuration.items("topologicalOrderStr"));
    return new Dl4jNetwork(
        false, inputs, outputs, sorted(inputs, vertices, stated, file, problems));
  }

  private static Dl4jVertex vertex(
      String name, Tree.Obj config, List<String> inputs, Place file, Problems problems) {
    Tree.Obj own = config;
    if (!Dl4jVertex.simpleClass(own).equals("LayerVertex")) {
      List<String> all = new ArrayList<>(inputs);
      // The sequence whose steps it takes is named in its configuration.
      own.text("inputName").ifPresent(all::add);
      return new Dl4jVertex(name, false, own, Optional.empty(), all);
    }
    Optional<Tree.Obj> layer = own.object("layerConf").flatMap(conf -> conf.object("layer"));
    if (layer.isEmpty()) {
      missing(file.withKey("vertices." + name + ".layerConf.layer"), problems);
    }
    return new Dl4jVertex(
        name, true, layer.orElse(Tree.object()), own.object("preProcessor"), inputs);
  }

  private static List<String> texts(List<Tree> trees) {
    return trees.stream().map(Tree::asText).flatMap(Optional::stream).toList();
  }

  private static void requireKnown(
      List<String> inputs,
      Map<String, Dl4jVertex> vertices,
      List<String> outputs,
      Place file,
      Problems problems) {
    Set<String> known = new LinkedHashSet<>(inputs);
    known.addAll(vertices.keySet());
    for (Dl4jVertex vertex : vertices.values()) {
      requireKnown(vertex.inputs(), known, file.withKey("vertexInputs." + vertex.name()), problems);
    }
    requireKnown(outputs, known, file.withKey("networkOutputs"), problems);
  }

  private static void requireKnown(
      Collection<String> names, Set<String> known, Place place, Problems problems) {
    for (String name : names) {
      if (!known.contains(name)) {
        problems.error(
            ProblemCode.REFERENCE_MISSING,
            place,
            "must name an input or a vertex of the network",
            "'" + name + "'",
            "the file is damaged; save the model again");
      }
    }
  }

  /**
   * The vertices in the order that the file states; else as DL4J sorts them, first come, first
   * served.
   */
  private static List<Dl4jVertex> sorted(
      List<String> inputs,
      Map<String, Dl4jVertex> vertices,
      List<String> stated,
      Place file,
      Problems problems) {
    List<String> order = stated.stream().filter(vertices::containsKey).distinct().toList();
    if (order.size() == vertices.size() && isSorted(inputs, vertices, order)) {
      return order.stream().map(vertices::get).toList();
    }
    List<String> kahn = firstComeFirstServed(inputs, vertices);
    if (kahn.size() < vertices.size() && !problems.hasErrors()) {
      problems.error(
          ProblemCode.GRAPH_UNCONNECTED,
          file.withKey("vertexInputs"),
          "must lead from the inputs to every vertex, without circles",
          vertices.keySet().stream().filter(name -> !kahn.contains(name)).toList().toString(),
          "the file is damaged; save the model again");
    }
    return kahn.stream().map(vertices::get).toList();
  }

  private static boolean isSorted(
      List<String> inputs, Map<String, Dl4jVertex> vertices, List<String> order) {
    Set<String> done = new HashSet<>(inputs);
    for (String name : order) {
      Dl4jVertex vertex = vertices.get(name);
      if (vertex == null || !done.containsAll(vertex.inputs())) {
        return false;
      }
      done.add(name);
    }
    return true;
  }

  private static List<String> firstComeFirstServed(
      List<String> inputs, Map<String, Dl4jVertex> vertices) {
    Map<String, Set<String>> open = new LinkedHashMap<>();
    vertices.forEach((name, vertex) -> open.put(name, new HashSet<>(vertex.inputs())));
    Deque<String> ready = new ArrayDeque<>(inputs);
    List<String> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      String next = ready.remove();
      if (vertices.containsKey(next)) {
        order.add(next);
      }
      open.forEach(
          (name, waiting) -> {
            if (waiting.remove(next) && waiting.isEmpty()) {
              ready.add(name);
            }
          });
    }
    return order;
  }
}
