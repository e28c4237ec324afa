package io.github.weighbridge.core.model;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.Compilation;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of a model's training.
 *
 * @param written loss, metrics and optimizer in the text of the file, or null
 * @param compilation the same, understood, or null
 * @param state what the optimizer knows, or null
 * @param settings what else it says
 */
public record TrainingRecord(
    Tree.@Nullable Obj written,
    @Nullable Compilation compilation,
    @Nullable OptimizerState state,
    TrainingSettings settings) {

  /** Nothing: the model was not compiled, or its file holds no training. */
  public static final TrainingRecord NONE = new TrainingRecord(null, null, null);

  /** What files of Keras say. */
  public TrainingRecord(
      Tree.@Nullable Obj written,
      @Nullable Compilation compilation,
      @Nullable OptimizerState state) {
    this(written, compilation, state, TrainingSettings.NONE);
  }

  /** This record with another state of the optimizer. */
  public TrainingRecord withState(OptimizerState other) {
    return new TrainingRecord(written, compilation, other, settings);
  }

  /** This record with other settings. */
  public TrainingRecord withSettings(TrainingSettings others) {
    return new TrainingRecord(written, compilation, state, others);
  }
}
