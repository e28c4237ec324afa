package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outputs of a network as layers with a loss. A Dense output becomes an OutputLayer, one on
 * every step an RnnOutputLayer, a function of its own a loss layer; behind everything else stands a
 * loss layer that changes nothing.
 */
final class OutputLayers {

  private final LayerTemplates templates;
  private final List<Vertex> vertices;
  private final List<String> outputs;
  private final List<Edge> results;

  /**
   * Outputs of a network.
   *
   * @param results what they are, in the same order
   */
  OutputLayers(
      LayerTemplates templates, List<Vertex> vertices, List<String> outputs, List<Edge> results) {
    this.templates = templates;
    this.vertices = new ArrayList<>(vertices);
    this.outputs = new ArrayList<>(outputs);
    this.results = List.copyOf(results);
  }

  /** The vertices so far, in topological order. */
  List<Vertex> vertices() {
    return List.copyOf(vertices);
  }

  /** The names of the outputs so far. */
  List<String> outputs() {
    return List.copyOf(outputs);
  }

  /** Gives an output its loss. */
  void add(int output, Tree.Obj loss, Shape shape) {
    String name = outputs.get(output);
    DataFormat format = results.get(output).layout().format(DataFormat.CHANNELS_LAST);
    for (int i = 0; i < vertices.size(); i++) {
      Vertex vertex = vertices.get(i);
      if (vertex.name().equals(name) && !isRead(name)) {
        Optional<Tree.Obj> config = withLoss(vertex, loss, shape.rank(), format);
        if (config.isPresent()) {
          vertices.set(i, vertex.withConfig(config.get()));
          return;
        }
      }
    }
    String own = name + "/loss";
    Tree.Obj layer =
        lossLayer(Activations.IDENTITY, loss, shape.rank(), format).with("layerName", own).tree();
    vertices.add(new Vertex(own, true, layer, null, List.of(), List.of(name)));
    outputs.set(output, own);
  }

  private boolean isRead(String name) {
    return vertices.stream().anyMatch(vertex -> vertex.inputs().contains(name))
        || outputs.stream().filter(name::equals).count() > 1;
  }

  private Optional<Tree.Obj> withLoss(Vertex vertex, Tree.Obj loss, int rank, DataFormat format) {
    if (vertex.isFrozen()) {
      return Optional.empty();
    }
    Tree.Obj config = vertex.config();
    Tree.Obj within = config.object("underlying").orElse(config);
    return Optional.ofNullable(
        switch (vertex.simpleClassName()) {
          case "DenseLayer" -> rank == 2 ? output("OutputLayer", config, loss).tree() : null;
          case "TimeDistributed" ->
              Vertex.simpleName(within).equals("DenseLayer")
                  ? output("RnnOutputLayer", within, loss)
                      .with("layerName", vertex.name())
                      .with("rnnDataFormat", Window.format1d(format))
                      .tree()
                  : null;
          case "ActivationLayer" ->
              lossLayer(config.get("activationFn").orElseThrow(), loss, rank, format)
                  .with("layerName", vertex.name())
                  .tree();
          default -> null;
        });
  }

  private static Dl4jObject output(String simpleName, Tree.Obj dense, Tree.Obj loss) {
    Dl4jObject output = Dl4jObject.of(LayerTemplates.LAYERS + simpleName);
    dense.without(Dl4jObject.CLASS).without("hasLayerNorm").members().forEach(output::with);
    return output.with("lossFn", loss);
  }

  private Dl4jObject lossLayer(Tree activation, Tree.Obj loss, int rank, DataFormat format) {
    Dl4jObject layer =
        switch (rank) {
          case 3 ->
              templates
                  .feedForward("RnnLossLayer", activation, 0, 0)
                  .with("rnnDataFormat", Window.format1d(format));
          case 4 ->
              templates
                  .feedForward("CnnLossLayer", activation, 0, 0)
                  .with("format", Window.format2d(format));
          case 5 ->
              templates
                  .feedForward("Cnn3DLossLayer", activation, 0, 0)
                  .with("dataFormat", Window.format3d(format));
          default -> templates.feedForward("LossLayer", activation, 0, 0);
        };
    return layer.with("lossFn", loss);
  }
}
