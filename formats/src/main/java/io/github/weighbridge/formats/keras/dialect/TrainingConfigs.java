package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import java.util.List;
import java.util.Optional;

/**
 * Training configurations of every generation in canonical form: {@code compile_config} of {@code
 * .keras} and {@code training_config} of HDF5 alike become Keras 3's {@code compile_config} with
 * everything written out. Objects of Keras are {@code {class_name, config}} without their module.
 */
public final class TrainingConfigs {

  private TrainingConfigs() {}

  /**
   * A training configuration in canonical form.
   *
   * @param training as the file has it
   * @param version of the Keras that wrote it, if the file tells
   * @param outputs how many outputs the model has
   */
  public static Tree.Obj toCanonical(
      KerasDialect dialect, Tree.Obj training, Optional<String> version, int outputs) {
    OptimizerLine line = OptimizerLine.of(dialect, training);
    Optional<KerasVersion> known = version.flatMap(KerasVersion::of);
    boolean keras1 = dialect == KerasDialect.KERAS_1;
    boolean multiBackend = line == OptimizerLine.MULTI_BACKEND;
    MetricConfigs metrics =
        new MetricConfigs(
            line, keras1 || (multiBackend && known.filter(v -> v.isBefore(2, 3, 0)).isPresent()));
    boolean meanCosine =
        keras1 || (multiBackend && known.filter(v -> v.isBefore(2, 0, 9)).isPresent());
    Tree optimizer = optimizer(training);
    return Tree.object()
        .with(
            "optimizer",
            optimizer.isNull() ? optimizer : OptimizerConfigs.toCanonical(optimizer, line, keras1))
        .with("loss", LossConfigs.all(member(training, "loss"), meanCosine))
        .with("loss_weights", member(training, "loss_weights"))
        .with("metrics", metrics.all(member(training, "metrics"), outputs))
        .with("weighted_metrics", metrics.all(member(training, "weighted_metrics"), outputs))
        .with("run_eagerly", orElse(member(training, "run_eagerly"), Tree.of(false)))
        .with("steps_per_execution", orElse(member(training, "steps_per_execution"), Tree.of(1)))
        .with("jit_compile", orElse(member(training, "jit_compile"), Tree.of("auto")));
  }

  /**
   * A training configuration in canonical form as a target takes it.
   *
   * @param file what problems name
   * @return nothing if the target cannot say it, which then stands among {@code problems}; so does
   *     what it says otherwise
   */
  public static Optional<Tree.Obj> fromCanonical(
      Tree.Obj canonical, TrainingTarget target, Place file, Problems problems) {
    TrainingFindings findings = new TrainingFindings(file, target, problems);
    LossSpelling functions = new LossSpelling(target, findings);
    Tree optimizer = member(canonical, "optimizer");
    Optional<Tree> spelled =
        optimizer.isNull() && target == TrainingTarget.KERAS_3_ZIP
            ? Optional.of(optimizer)
            : new OptimizerSpelling(target, findings).spelled(optimizer).map(own -> own);
    Optional<Tree> loss = functions.losses(member(canonical, "loss"));
    if (spelled.isEmpty() || loss.isEmpty()) {
      return Optional.empty();
    }
    Tree.Obj training = Tree.object();
    if (target == TrainingTarget.KERAS_3_ZIP) {
      training = training.with("optimizer", spelled.get());
    }
    training =
        training
            .with("loss", loss.get())
            .with("loss_weights", member(canonical, "loss_weights"))
            .with("metrics", functions.metrics(member(canonical, "metrics")))
            .with("weighted_metrics", functions.metrics(member(canonical, "weighted_metrics")));
    if (target.isKeras3()) {
      for (String key : List.of("run_eagerly", "steps_per_execution", "jit_compile")) {
        training = training.with(key, member(canonical, key));
      }
    }
    return Optional.of(
        target == TrainingTarget.KERAS_3_ZIP
            ? training
            : training.with("optimizer_config", spelled.get()));
  }

  /** The optimizer of a training configuration of any form; null if it has none. */
  static Tree optimizer(Tree.Obj training) {
    return orElse(member(training, "optimizer_config"), member(training, "optimizer"));
  }

  private static Tree member(Tree.Obj training, String key) {
    return training.get(key).orElse(Tree.none());
  }

  private static Tree orElse(Tree value, Tree other) {
    return value.isNull() ? other : value;
  }
}
