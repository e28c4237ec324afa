package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Compilation;
import io.github.weighbridge.core.training.Loss;
import io.github.weighbridge.core.training.PerOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What DL4J needs to go on training: the updater of every layer with its state, and the losses of
 * the outputs.
 *
 * <p>Outputs have losses where the model was compiled with some that DL4J has too. Without, DL4J
 * predicts with the network, and trains it once output layers are put behind it: an invented loss
 * would train something else without a word.
 */
final class Training {

  private final Model model;
  private final Optional<Compilation> compilation;
  private final LayerUpdaters updaters;
  private final Problems problems;

  private Training(
      Model model, Optional<Compilation> compilation, LayerUpdaters updaters, Problems problems) {
    this.model = model;
    this.compilation = compilation;
    this.updaters = updaters;
    this.problems = problems;
  }

  /** What the model was compiled with; what DL4J does otherwise is told. */
  static Training of(Model model, Problems problems) {
    return new Training(model, model.compilation(), LayerUpdaters.of(model, problems), problems);
  }

  private static Place place(Model model) {
    return Place.file(model.provenance().file());
  }

  /** The updaters that layers are written with. */
  LayerUpdaters updaters() {
    return updaters;
  }

  /** Templates for layers that are put behind the model's. */
  LayerTemplates templates() {
    return new LayerTemplates(updaters.common(), WeightTerms.none());
  }

  /** How many steps were made. */
  long iterations() {
    return model
        .optimizerState()
        .map(OptimizerState::iterations)
        .map(weight -> (long) weight.load().doubles()[0])
        .orElse(0L);
  }

  /**
   * What the updater keeps, in DL4J's order; nothing where DL4J begins with the same.
   *
   * @param isRescaled whether parameters are weights times a number
   * @param translation the vertices that a model of the same layers becomes
   */
  List<WeightRef> state(boolean isRescaled, Function<Model, List<Vertex>> translation) {
    boolean begun = model.optimizerState().filter(own -> !own.slots().isEmpty()).isPresent();
    boolean ownStart =
        updaters.all().stream()
            .flatMap(updater -> updater.state().stream())
            .anyMatch(k -> k.initial() + k.offset() != 0);
    boolean keeps = updaters.all().stream().anyMatch(Updater::keepsState);
    boolean alike = updaters.all().stream().allMatch(Updater::hasOneRule);
    boolean carried = begun && !isRescaled;
    if (keeps && !alike) {
      if (begun) {
        drops("begins with a new state, because biases have updaters of their own", "a state");
      }
      return List.of();
    }
    if (begun && isRescaled) {
      drops("begins with a new state, because parameters are weights times a number", "a state");
    } else if (begun && !UpdaterState.isComplete(model, updaters)) {
      drops("begins anew where the updater's state lacks something", "a state of fewer weights");
    }
    if (!carried && !ownStart) {
      return List.of();
    }
    Model source = carried ? model : model.withOptimizerState(OptimizerState.unmatched(Map.of()));
    return new UpdaterState(source, updaters, translation).arrays();
  }

  /** The outputs of the network as layers with losses, where their losses are known. */
  void addLosses(OutputLayers layers) {
    if (compilation.isEmpty()) {
      return;
    }
    PerOutput<Loss> losses = compilation.get().loss();
    Graph graph = model.network().graph();
    List<Value> outputs = graph.outputValues();
    for (int i = 0; i < outputs.size(); i++) {
      Optional<Loss> loss = ofOutput(losses, graph, i);
      if (loss.isPresent() && i < layers.outputs().size()) {
        addLoss(layers, i, loss.get(), ofOutput(compilation.get().lossWeights(), graph, i));
      }
    }
  }

  private void addLoss(OutputLayers layers, int output, Loss loss, Optional<Double> weight) {
    Shape shape = model.network().graph().outputValues().get(output).type().shape();
    Optional<Losses.Mapped> mapped = Losses.of(loss);
    boolean known = shape.rank() >= 2 && shape.rank() <= 5 && shape.dim(-1).isFixed();
    if (mapped.isEmpty() || !known) {
      drops("has no loss in DL4J, which has none of these values", loss.name());
      return;
    }
    double factor = weight.orElse(1.0);
    Shape places = shape.slice(1, shape.rank() - 1);
    if (places.isFixed()) {
      factor /= places.elementCount();
    } else {
      drops("makes steps as many times as large as a sequence is long", shape);
    }
    Optional<Tree.Obj> config = mapped.get().times(factor, shape);
    if (config.isEmpty()) {
      drops("sums its loss over places of which Keras takes the mean", loss.name());
    }
    if (!layers.addLoss(output, config.orElse(mapped.get().config()), shape)) {
      drops("has no loss in DL4J, which has none on sequences but behind a Dense", loss.name());
    }
  }

  /** What is said of an output: of all at once, in a list, or by its name. */
  private static <T> Optional<T> ofOutput(PerOutput<T> all, Graph graph, int output) {
    if (all instanceof PerOutput.Of<T> one) {
      return Optional.of(one.value());
    }
    if (all instanceof PerOutput.Items<T> items) {
      return output < items.elements().size()
          ? items.elements().get(output).values().stream().findFirst()
          : Optional.empty();
    }
    if (all instanceof PerOutput.Entries<T> entries) {
      Value value = graph.outputValues().get(output);
      return graph.calls().stream()
          .filter(call -> call.outputs().contains(value))
          .map(Call::name)
          .map(entries.members()::get)
          .filter(own -> own != null)
          .flatMap(own -> own.values().stream())
          .findFirst();
    }
    return Optional.empty();
  }

  private void drops(String rule, Object found) {
    problems.warning(ProblemCode.TARGET_DROPS, place(model), rule, String.valueOf(found), "");
  }
}
