package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.TrainingSettings;
import io.github.weighbridge.core.training.TruncatedBackpropagation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** DL4J's two network configurations around the same vertices. */
final class NetworkConfiguration {

  /** DL4J's default, which counts for nothing. */
  private static final int UNUSED_LENGTH = 20;

  private final String dataType;
  private final long iterations;
  private final TrainingSettings settings;

  /**
   * Configurations of networks.
   *
   * @param dataType of their parameters, as DL4J names it
   * @param iterations how many steps of training were made
   * @param settings of training
   */
  NetworkConfiguration(String dataType, long iterations, TrainingSettings settings) {
    this.dataType = dataType;
    this.iterations = iterations;
    this.settings = settings;
  }

  /** Whether these vertices are a chain of layers, from the only input to the only output. */
  static boolean isChain(List<String> inputs, List<Vertex> vertices, List<String> outputs) {
    if (inputs.size() != 1 || outputs.size() != 1 || vertices.isEmpty()) {
      return false;
    }
    String last = inputs.get(0);
    for (Vertex vertex : vertices) {
      if (!vertex.isLayer() || !vertex.inputs().equals(List.of(last))) {
        return false;
      }
      last = vertex.name();
    }
    return last.equals(outputs.get(0));
  }

  /** MultiLayerConfiguration of a chain. */
  Tree.Obj multiLayer(List<Vertex> chain) {
    List<Tree> layers = new ArrayList<>();
    Map<String, Tree> preProcessors = new LinkedHashMap<>();
    for (int i = 0; i < chain.size(); i++) {
      layers.add(layer(chain.get(i).config(), ParameterNames.of(chain.get(i))));
      Tree.Obj preProcessor = chain.get(i).preProcessor();
      if (preProcessor != null) {
        preProcessors.put(Integer.toString(i), preProcessor);
      }
    }
    Map<String, Object> members = common();
    members.put("confs", layers);
    members.put("inputPreProcessors", preProcessors);
    return sorted(members);
  }

  /**
   * ComputationGraphConfiguration. The vertices stand in topological order, and parameters in that
   * of {@code topologicalOrder}; so that order is written and not left to DL4J.
   */
  Tree.Obj graph(List<String> inputs, List<Vertex> vertices, List<String> outputs) {
    List<String> order = new ArrayList<>(inputs);
    Map<String, Object> vertexInputs = new LinkedHashMap<>();
    Map<String, Tree> configs = new LinkedHashMap<>();
    for (Vertex vertex : vertices) {
      order.add(vertex.name());
      vertexInputs.put(vertex.name(), vertex.inputs());
      configs.put(vertex.name(), vertex.isLayer() ? layerVertex(vertex) : vertex.config());
    }
    Map<String, Object> members = common();
    members.put("defaultConfiguration", layer(Tree.none(), List.of()));
    members.put("networkInputs", inputs);
    members.put("networkOutputs", outputs);
    members.put("topologicalOrder", IntStream.range(0, order.size()).boxed().toList());
    members.put("topologicalOrderStr", order);
    members.put("vertexInputs", vertexInputs);
    members.put("vertices", configs);
    return sorted(members);
  }

  private Tree.Obj layerVertex(Vertex vertex) {
    return Vertices.of("LayerVertex")
        .with("layerConf", layer(vertex.config(), ParameterNames.of(vertex)))
        .with("outputVertex", false)
        .with("preProcessor", vertex.preProcessor())
        .tree();
  }

  private Map<String, Object> common() {
    Optional<TruncatedBackpropagation> truncation = settings.truncated();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("backpropType", truncation.isPresent() ? "TruncatedBPTT" : "Standard");
    members.put("cacheMode", "NONE");
    members.put("dataType", dataType);
    members.put("epochCount", settings.epochs());
    members.put("inferenceWorkspaceMode", "ENABLED");
    members.put("iterationCount", iterations);
    members.put(
        "tbpttBackLength",
        truncation.map(TruncatedBackpropagation::backwardLength).orElse(UNUSED_LENGTH));
    members.put(
        "tbpttFwdLength",
        truncation.map(TruncatedBackpropagation::forwardLength).orElse(UNUSED_LENGTH));
    members.put("trainingWorkspaceMode", "ENABLED");
    // DL4J would refuse to load losses that it finds unwise for their activation.
    members.put("validateOutputLayerConfig", false);
    return members;
  }

  /** NeuralNetConfiguration: a layer with what DL4J repeats for each. */
  private Tree.Obj layer(Tree config, List<String> variables) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("cacheMode", "NONE");
    members.put("dataType", dataType);
    members.put("epochCount", 0);
    members.put("iterationCount", 0);
    members.put("layer", config);
    members.put("maxNumLineSearchIterations", 5);
    members.put("miniBatch", true);
    members.put("minimize", true);
    members.put("optimizationAlgo", "STOCHASTIC_GRADIENT_DESCENT");
    members.put("seed", 0);
    members.put("stepFunction", Tree.none());
    members.put("variables", variables);
    return sorted(members);
  }

  private static Tree.Obj sorted(Map<String, Object> members) {
    return (Tree.Obj) Tree.of(new TreeMap<>(members));
  }
}
