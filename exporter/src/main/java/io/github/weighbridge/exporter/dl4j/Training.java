package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What DL4J needs to go on training: the updater of every layer, and the loss of the outputs.
 *
 * <p>A Dense output becomes an OutputLayer where the model was compiled with a loss that DL4J has
 * too. Else it stays a DenseLayer, for which DL4J needs no loss: such a network predicts, and can
 * be trained once an output layer is put behind it. An invented loss would train something else
 * without a word.
 */
final class Training {

  private static final String LOSSES = "org.nd4j.linalg.lossfunctions.impl.Loss";

  /** DL4J's default; the optimizer itself is not carried yet. */
  private static final Tree SGD =
      Dl4jObject.of("org.nd4j.linalg.learning.config.Sgd").with("learningRate", 1e-3).tree();

  private static final Map<String, Tree.Obj> BY_NAME = new HashMap<>();

  static {
    loss(Dl4jObject.of(LOSSES + "MSE"), "mse", "mean_squared_error", "MeanSquaredError");
    loss(Dl4jObject.of(LOSSES + "MAE"), "mae", "mean_absolute_error", "MeanAbsoluteError");
    loss(
        Dl4jObject.of(LOSSES + "MCXENT").with("softmaxClipEps", 1e-10),
        "categorical_crossentropy",
        "CategoricalCrossentropy");
    loss(
        Dl4jObject.of(LOSSES + "SparseMCXENT").with("softmaxClipEps", 1e-10),
        "sparse_categorical_crossentropy",
        "SparseCategoricalCrossentropy");
    loss(
        Dl4jObject.of(LOSSES + "BinaryXENT").with("clipEps", 1e-7),
        "binary_crossentropy",
        "BinaryCrossentropy");
  }

  private final Tree.@Nullable Obj loss;

  private Training(Tree.@Nullable Obj loss) {
    this.loss = loss;
  }

  private static void loss(Dl4jObject config, String... names) {
    for (String name : names) {
      BY_NAME.put(name.toLowerCase(Locale.ROOT), config.tree());
    }
  }

  /** What the model's training configuration says; what it loses is told. */
  static Training of(Model model, Problems problems) {
    // Keras 3 writes an empty one for a model that was never compiled.
    Optional<Tree.Obj> config = model.trainingConfig().filter(own -> !own.members().isEmpty());
    if (config.isEmpty()) {
      return new Training(null);
    }
    problems.warning(
        ProblemCode.TARGET_DROPS,
        Place.file(model.provenance().file()),
        "trains on with plain gradient descent in DL4J: the optimizer and its state stay behind",
        "a compiled model",
        "");
    return new Training(
        config.get().get("loss").flatMap(Training::name).map(BY_NAME::get).orElse(null));
  }

  /** The name of a loss without options of its own. */
  private static Optional<String> name(Tree loss) {
    return loss.asText()
        .or(
            () ->
                loss.asObject()
                    .filter(object -> isDefault(object.object("config").orElse(Tree.object())))
                    .flatMap(object -> object.text("class_name")))
        .map(name -> name.toLowerCase(Locale.ROOT));
  }

  private static boolean isDefault(Tree.Obj config) {
    boolean logits = config.get("from_logits").flatMap(Tree::asBoolean).orElse(false);
    double smoothing = config.get("label_smoothing").flatMap(Tree::asDouble).orElse(0.0);
    return !logits && smoothing == 0;
  }

  /** The updater that every layer is written with. */
  Tree updater() {
    return SGD;
  }

  /** The vertices with the Dense outputs as output layers, if the loss is known. */
  List<Vertex> withOutputLayers(List<Vertex> vertices, List<String> outputs) {
    if (loss == null) {
      return vertices;
    }
    Tree.Obj known = loss;
    List<Vertex> result = new ArrayList<>();
    for (Vertex vertex : vertices) {
      boolean isOutput =
          outputs.contains(vertex.name())
              && vertex.simpleClassName().equals("DenseLayer")
              && vertices.stream().noneMatch(v -> v.inputs().contains(vertex.name()));
      result.add(isOutput ? vertex.withConfig(outputLayer(vertex.config(), known)) : vertex);
    }
    return result;
  }

  private static Tree.Obj outputLayer(Tree.Obj dense, Tree.Obj loss) {
    Dl4jObject output = Dl4jObject.of(LayerTemplates.LAYERS + "OutputLayer");
    dense.without(Dl4jObject.CLASS).without("hasLayerNorm").members().forEach(output::with);
    return output.with("lossFn", loss).tree();
  }
}
