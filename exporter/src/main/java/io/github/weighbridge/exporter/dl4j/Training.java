package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.training.Loss;
import io.github.weighbridge.core.training.PerOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

  private static final Map<String, Tree.Obj> BY_CLASS = new HashMap<>();

  static {
    loss("MeanSquaredError", Dl4jObject.of(LOSSES + "MSE"));
    loss("MeanAbsoluteError", Dl4jObject.of(LOSSES + "MAE"));
    loss("CategoricalCrossentropy", Dl4jObject.of(LOSSES + "MCXENT").with("softmaxClipEps", 1e-10));
    loss(
        "SparseCategoricalCrossentropy",
        Dl4jObject.of(LOSSES + "SparseMCXENT").with("softmaxClipEps", 1e-10));
    loss("BinaryCrossentropy", Dl4jObject.of(LOSSES + "BinaryXENT").with("clipEps", 1e-7));
  }

  private final Tree.@Nullable Obj loss;

  private Training(Tree.@Nullable Obj loss) {
    this.loss = loss;
  }

  private static void loss(String className, Dl4jObject config) {
    BY_CLASS.put(className, config.tree());
  }

  /** What the model was compiled with; what DL4J loses of it is told. */
  static Training of(Model model, Problems problems) {
    // Keras 3 writes an empty configuration for a model that was never compiled.
    if (model.trainingConfig().filter(own -> !own.members().isEmpty()).isEmpty()) {
      return new Training(null);
    }
    problems.warning(
        ProblemCode.TARGET_DROPS,
        Place.file(model.provenance().file()),
        "trains on with plain gradient descent in DL4J: the optimizer and its state stay behind",
        "a compiled model",
        "");
    int outputs = model.network().graph().outputValues().size();
    return new Training(
        model
            .compilation()
            .flatMap(compilation -> ofAllOutputs(compilation.loss(), outputs))
            .filter(Training::isPlain)
            .map(loss -> BY_CLASS.get(loss.name()))
            .orElse(null));
  }

  private static Optional<Loss> ofAllOutputs(PerOutput<Loss> losses, int outputs) {
    boolean one = losses instanceof PerOutput.Of || (outputs == 1 && losses.values().size() == 1);
    return one ? Optional.of(losses.values().get(0)) : Optional.empty();
  }

  /** Whether it has no options that DL4J's has not. */
  private static boolean isPlain(Loss loss) {
    Tree.Obj config = loss.config().asObject().orElse(Tree.object());
    boolean logits = config.get("from_logits").flatMap(Tree::asBoolean).orElse(false);
    double smoothing = config.get("label_smoothing").flatMap(Tree::asDouble).orElse(0.0);
    boolean ignores = config.get("ignore_class").filter(own -> !own.isNull()).isPresent();
    String reduction = config.text("reduction").orElse("sum_over_batch_size");
    return !logits && smoothing == 0 && !ignores && reduction.equals("sum_over_batch_size");
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
