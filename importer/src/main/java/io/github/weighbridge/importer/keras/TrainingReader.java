package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.ConfigBinder;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.model.TrainedWeights;
import io.github.weighbridge.core.model.TrainingRecord;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Compilation;
import io.github.weighbridge.core.training.CompilationConfig;
import io.github.weighbridge.core.training.LossScaleOptimizer;
import io.github.weighbridge.core.training.TrainingCatalog;
import io.github.weighbridge.formats.keras.KerasFile;
import io.github.weighbridge.formats.keras.NamedWeight;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import io.github.weighbridge.formats.keras.dialect.OptimizerLine;
import io.github.weighbridge.formats.keras.dialect.TrainingConfigs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a file says of a model's training. Predictions do not depend on it, so whatever is
 * wrong with it is a warning, and stays as the file has it.
 */
final class TrainingReader {

  private static final String LOST = "the model predicts all the same, but cannot be trained on";

  private final LayerTable table;
  private final StoredWeights form;
  private final Place place;
  private final Problems problems;

  TrainingReader(LayerTable table, StoredWeights form, Place place, Problems problems) {
    this.table = table;
    this.form = form;
    this.place = place;
    this.problems = problems;
  }

  TrainingRecord read(KerasFile file, KerasDialect dialect, Network network) {
    // Keras 3 writes an empty one for a model that was never compiled.
    Optional<Tree.Obj> written = file.trainingConfig().filter(own -> !own.members().isEmpty());
    Map<String, WeightRef> variables = new LinkedHashMap<>();
    for (NamedWeight variable : file.optimizerWeights()) {
      variables.put(unique(variable.name(), variables.keySet()), variable.weight());
    }
    if (written.isEmpty()) {
      return new TrainingRecord(
          file.trainingConfig().orElse(null),
          null,
          variables.isEmpty() ? null : OptimizerState.unmatched(variables));
    }
    Compilation compilation = compilation(written.get(), file, dialect, network);
    if (variables.isEmpty()) {
      return new TrainingRecord(written.get(), compilation, null);
    }
    OptimizerLine line = OptimizerLine.of(dialect, written.get());
    List<WeightRef> list = List.copyOf(variables.values());
    if (compilation != null && line == OptimizerLine.KERAS_3) {
      compilation = withLossScale(compilation, list);
    }
    return new TrainingRecord(
        written.get(), compilation, state(network, compilation, line, list, variables));
  }

  /** Adafactor of Keras 3 names several of its variables alike. */
  private static String unique(String wanted, Set<String> names) {
    String name = wanted;
    for (int i = 1; names.contains(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  private @Nullable Compilation compilation(
      Tree.Obj written, KerasFile file, KerasDialect dialect, Network network) {
    Tree.Obj canonical =
        TrainingConfigs.toCanonical(
            dialect, written, file.kerasVersion(), network.graph().outputValues().size());
    Problems own = new Problems();
    Optional<Compilation> compilation = CompilationConfig.read(canonical, place, own);
    own.all().forEach(this::warn);
    canonical.object("optimizer").ifPresent(this::tellUnknownKeys);
    return compilation.orElse(null);
  }

  private void warn(Problem problem) {
    problems.warning(
        problem.code(),
        place.withKey("training configuration, " + problem.place().key()),
        problem.rule(),
        problem.found(),
        LOST);
  }

  private void tellUnknownKeys(Tree.Obj optimizer) {
    String name = optimizer.text("class_name").orElse("");
    Tree.Obj config = optimizer.object("config").orElse(Tree.object());
    TrainingCatalog.optimizerType(name)
        .map(ConfigBinder::keys)
        .ifPresent(
            known ->
                config.members().entrySet().stream()
                    .filter(member -> !known.contains(member.getKey()))
                    .filter(member -> !member.getValue().isNull())
                    .forEach(member -> tellUnknownKey(name, member)));
    config.object("inner_optimizer").ifPresent(this::tellUnknownKeys);
  }

  private void tellUnknownKey(String optimizer, Map.Entry<String, Tree> member) {
    problems.warning(
        ProblemCode.CONFIG_KEY_UNKNOWN,
        place.withKey("training configuration, " + member.getKey()),
        "is no option of " + optimizer + " that is known, and is kept in the file's own text only",
        member.getValue().toString(),
        "");
  }

  /**
   * A compilation with the optimizer that Keras 3 puts around the one it was given, for models of
   * mixed precision: the configuration does not show it, the variables do.
   */
  private static Compilation withLossScale(Compilation compilation, List<WeightRef> variables) {
    boolean scaled =
        variables.size() >= 4
            && variables.subList(0, 4).stream().allMatch(v -> v.type().rank() == 0)
            && variables.get(2).dtype().isInteger()
            && variables.get(3).dtype().isFloating();
    if (!scaled
        || compilation.optimizer() == null
        || compilation.optimizer() instanceof LossScaleOptimizer) {
      return compilation;
    }
    return compilation.withOptimizer(LossScaleOptimizer.around(compilation.optimizer()));
  }

  private OptimizerState state(
      Network network,
      @Nullable Compilation compilation,
      OptimizerLine line,
      List<WeightRef> list,
      Map<String, WeightRef> variables) {
    TrainedWeights trained = TrainedWeights.of(network, table::get, table::expected);
    String reason;
    if (compilation == null) {
      reason = "an optimizer that is not understood";
    } else if (!trained.unknown().isEmpty()) {
      reason =
          "the layer '"
              + trained.unknown().get(0).name()
              + "', of which nobody knows which weights it trains";
    } else {
      try {
        return new OptimizerStateReader(table, form, line)
            .read(compilation, trained.weights(), list)
            .withWritten(variables);
      } catch (UnmatchedStateException e) {
        reason = String.valueOf(e.getMessage());
      }
    }
    problems.warning(
        ProblemCode.WEIGHT_UNEXPECTED,
        place.withKey("optimizer weights"),
        "must be those that the optimizer keeps for the weights that it trains",
        reason,
        "training begins anew in other formats");
    return OptimizerState.unmatched(variables);
  }
}
