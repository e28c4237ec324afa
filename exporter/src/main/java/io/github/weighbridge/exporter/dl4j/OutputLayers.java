package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The outputs of a network. With a loss, a Dense output becomes an OutputLayer, one on every step
 * an RnnOutputLayer, a function of its own a loss layer; behind everything else stands a loss layer
 * that changes nothing.
 */
final class OutputLayers {

  /** Layers whose inference fails in DL4J M2.1 when they stand last: "Workspace ... not open". */
  private static final Set<String> NEVER_LAST =
      Set.of("BatchNormalization", "DropoutLayer", "TimeDistributed");

  private final LayerTemplates templates;
  private final NetworkBuilder network;
  private final List<String> outputs;
  private final List<Edge> results;

  /**
   * The outputs of a network as the model has them.
   *
   * @param templates for layers that are put behind them
   * @param network which gets these
   * @param results the outputs
   */
  OutputLayers(LayerTemplates templates, NetworkBuilder network, List<Edge> results) {
    this.templates = templates;
    this.network = network;
    this.outputs = new ArrayList<>(results.stream().map(Edge::vertex).toList());
    this.results = List.copyOf(results);
  }

  /** The names of the outputs so far. */
  List<String> outputs() {
    return List.copyOf(outputs);
  }

  /**
   * Gives an output its loss.
   *
   * @return whether DL4J can train by it: on sequences, its RnnLossLayer fails in M2.1 where
   *     features stand last
   */
  boolean addLoss(int output, Tree.Obj loss, Shape shape) {
    String name = outputs.get(output);
    DataFormat format = results.get(output).layout().format(DataFormat.CHANNELS_LAST);
    for (Vertex vertex : network.vertices()) {
      if (vertex.name().equals(name) && !isRead(name)) {
        Optional<Tree.Obj> config = withLoss(vertex, loss, shape.rank(), format);
        if (config.isPresent()) {
          network.replace(vertex.withConfig(config.get()));
          return true;
        }
      }
    }
    if (shape.rank() == 3 && format == DataFormat.CHANNELS_LAST) {
      return false;
    }
    append(output, name + "/loss", lossLayer(Activations.IDENTITY, loss, shape.rank(), format));
    return true;
  }

  /**
   * Makes every output a vertex of its own: DL4J returns no inputs, and no vertex twice. Behind a
   * layer whose result DL4J cannot take out of its workspace stands one that changes nothing.
   */
  void separate() {
    Set<String> taken = new HashSet<>(network.inputs());
    for (Vertex vertex : network.vertices()) {
      if (NEVER_LAST.contains(vertex.simpleClassName())) {
        taken.add(vertex.name());
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      if (!taken.add(outputs.get(i))) {
        append(i, outputs.get(i) + "/output", LayerTemplates.activation(Activations.IDENTITY));
      }
    }
  }

  private void append(int output, String wanted, Dl4jObject layer) {
    outputs.set(output, network.layer(wanted, layer, List.of(), outputs.get(output), null));
  }

  private boolean isRead(String name) {
    return network.vertices().stream().anyMatch(vertex -> vertex.inputs().contains(name))
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
              rank == 3 && format == DataFormat.CHANNELS_LAST
                  ? null
                  : lossLayer(config.get("activationFn").orElseThrow(), loss, rank, format)
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
