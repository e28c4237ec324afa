package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.model.Provenance;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Compilation;
import io.github.weighbridge.core.training.CompilationConfig;
import io.github.weighbridge.core.training.LayerTraining;
import io.github.weighbridge.core.training.LossScaleOptimizer;
import io.github.weighbridge.core.training.Optimizer;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.NamedWeight;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import io.github.weighbridge.formats.keras.dialect.OptimizerLine;
import io.github.weighbridge.formats.keras.dialect.TrainingConfigs;
import io.github.weighbridge.formats.keras.dialect.TrainingTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a Keras file says of a model's training: the configuration and the optimizer's variables.
 *
 * <p>A model goes back into the form that it was read from as it stands there. Into any other it is
 * spelled by what it means; what that form cannot say is told, and the model is written all the
 * same.
 */
final class TrainingWriter {

  /** The scaled optimizer's own variables in Keras 3, before those of the inner one. */
  private static final int LOSS_SCALE_VARIABLES = 4;

  /**
   * A model's training in a form of file.
   *
   * @param config {@code compile_config} or {@code training_config}
   * @param variables the optimizer's, in order
   * @param innerVariables those of the optimizer within, which {@code .keras} files keep twice
   */
  record Written(
      Optional<Tree.Obj> config, List<NamedWeight> variables, List<NamedWeight> innerVariables) {
    /** Nothing at all. */
    static final Written NONE = new Written(Optional.empty(), List.of(), List.of());

    /** Weights with the optimizer's variables beside them, as {@code .keras} files have them. */
    KerasWeights.ByPath beside(KerasWeights.ByPath weights) {
      if (variables.isEmpty()) {
        return weights;
      }
      KerasWeights.Group root = weights.root();
      Map<String, KerasWeights.Group> inner =
          innerVariables.isEmpty()
              ? Map.of()
              : Map.of(
                  "inner_optimizer", group("optimizer/inner_optimizer", innerVariables, Map.of()));
      Map<String, KerasWeights.Group> children = new LinkedHashMap<>(root.children());
      children.put("optimizer", group("optimizer", variables, inner));
      return new KerasWeights.ByPath(
          new KerasWeights.Group(root.path(), root.name(), root.vars(), children));
    }

    private static KerasWeights.Group group(
        String path, List<NamedWeight> variables, Map<String, KerasWeights.Group> children) {
      Map<String, WeightRef> vars = new LinkedHashMap<>();
      variables.forEach(own -> vars.put(String.valueOf(vars.size()), own.weight()));
      return new KerasWeights.Group(path, Optional.empty(), vars, children);
    }

    /** Copies the lists. */
    Written {
      variables = List.copyOf(variables);
      innerVariables = List.copyOf(innerVariables);
    }
  }

  private final Model model;
  private final TrainingTarget target;
  private final Problems problems;

  private TrainingWriter(Model model, TrainingTarget target, Problems problems) {
    this.model = model;
    this.target = target;
    this.problems = problems;
  }

  /**
   * The training of a model.
   *
   * @param model as it is written
   * @param rescaled whether its weights are not those that the optimizer's state belongs to
   * @param problems takes what cannot be said, as warnings
   */
  static Written of(Model model, boolean rescaled, TrainingTarget target, Problems problems) {
    TrainingWriter writer = new TrainingWriter(model, target, problems);
    Optional<Tree.Obj> written = model.trainingConfig();
    if (written.isPresent() && writer.isSameForm()) {
      return writer.asWritten(written.get(), rescaled);
    }
    Optional<Compilation> compilation = model.compilation();
    if (compilation.isEmpty()) {
      // It was not compiled; or why it is not understood was told when it was read.
      return Written.NONE;
    }
    writer.tellSettings();
    if (compilation.get().optimizer() == null && writer.hasSeveralOptimizers()) {
      return Written.NONE;
    }
    Optional<Tree.Obj> config =
        TrainingConfigs.fromCanonical(
            CompilationConfig.write(compilation.get()), target, writer.place(), problems);
    return config
        .map(own -> new Written(config, List.of(), List.of()))
        .map(own -> writer.withVariables(own, compilation.get(), rescaled))
        .orElse(Written.NONE);
  }

  private boolean hasSeveralOptimizers() {
    return !model.trainingSettings().layers().isEmpty();
  }

  /** Tells of what DL4J trains with and Keras does not. */
  private void tellSettings() {
    model
        .trainingSettings()
        .truncated()
        .ifPresent(
            own ->
                drops(
                    "trains on whole sequences, and not in pieces",
                    "pieces of " + own.forwardLength() + " steps"));
    if (!hasSeveralOptimizers()) {
      return;
    }
    Collection<LayerTraining> layers = model.trainingSettings().layers().values();
    String found = "layers trained in other ways: " + Set.copyOf(layers).size();
    if (model.compilation().map(Compilation::optimizer).isEmpty()) {
      drops("is not compiled, because layers have optimizers of their own", found);
    } else {
      drops("decays weights and clips gradients of no layer in a way of its own", found);
    }
  }

  private void drops(String rule, String found) {
    problems.warning(ProblemCode.TARGET_DROPS, place().withKey("training"), rule, found, "");
  }

  private Place place() {
    return Place.file(model.provenance().file());
  }

  /**
   * Whether the model comes from a file of the target's form, and of a version that can read it.
   */
  private boolean isSameForm() {
    Provenance provenance = model.provenance();
    String version = provenance.version() == null ? "" : provenance.version();
    return switch (target) {
      case KERAS_3_ZIP ->
          provenance.format().equals("keras")
              && provenance.generation().equals(KerasDialect.KERAS_3.label());
      // Keras 3 cannot load what it writes there itself: "mse" and the like.
      case KERAS_3_HDF5 -> false;
      case TF_KERAS_HDF5 ->
          provenance.format().equals("keras-h5")
              && provenance.generation().equals(KerasDialect.TF_KERAS.label())
              && version.matches("2\\.1[1-9]\\..*");
    };
  }

  private Written asWritten(Tree.Obj config, boolean rescaled) {
    List<NamedWeight> variables = new ArrayList<>();
    model
        .optimizerState()
        .map(OptimizerState::written)
        .ifPresent(
            own -> own.forEach((name, weight) -> variables.add(new NamedWeight(name, weight))));
    if (variables.isEmpty() || (rescaled && tellRescaled())) {
      return new Written(Optional.of(config), List.of(), List.of());
    }
    return new Written(Optional.of(config), variables, inner(variables));
  }

  private boolean tellRescaled() {
    problems.warning(
        ProblemCode.TARGET_DROPS,
        place().withKey("optimizer weights"),
        "are left out: weights are other ones for the target, and the optimizer's state does not follow",
        "a state",
        "");
    return true;
  }

  private List<NamedWeight> inner(List<NamedWeight> variables) {
    boolean scaled =
        target == TrainingTarget.KERAS_3_ZIP
            && model.compilation().map(Compilation::optimizer).orElse(null)
                instanceof LossScaleOptimizer
            && variables.size() > LOSS_SCALE_VARIABLES;
    return scaled ? variables.subList(LOSS_SCALE_VARIABLES, variables.size()) : List.of();
  }

  private Written withVariables(Written written, Compilation compilation, boolean rescaled) {
    Optional<OptimizerState> state = model.optimizerState().filter(OptimizerState::isMatched);
    Optimizer optimizer = compilation.optimizer();
    if (state.isEmpty() || optimizer == null || (rescaled && tellRescaled())) {
      return written;
    }
    OptimizerLine line =
        target == TrainingTarget.TF_KERAS_HDF5
            ? OptimizerLine.of(KerasDialect.TF_KERAS, written.config().orElseThrow())
            : OptimizerLine.KERAS_3;
    Optional<List<NamedWeight>> variables =
        new OptimizerVariables(model, state.get(), line).of(optimizer);
    if (variables.isEmpty()) {
      problems.warning(
          ProblemCode.TARGET_DROPS,
          place().withKey("optimizer weights"),
          "are left out: the optimizer of the target keeps more than the file has",
          "a state",
          "");
      return written;
    }
    return new Written(written.config(), variables.get(), inner(variables.get()));
  }
}
