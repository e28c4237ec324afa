package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;

/** The implementations of optimizers that Keras has had; they differ in keys, rules and state. */
public enum OptimizerLine {
  /** Keras 1, and multi-backend Keras 2. */
  MULTI_BACKEND,
  /** OptimizerV2 of tf.keras: the only ones up to 2.8, later {@code optimizers.legacy}. */
  TF_LEGACY,
  /** The new ones of tf.keras, by default from 2.11 on. */
  TF_NEW,
  /** Keras 3's. */
  KERAS_3;

  /**
   * The line of the optimizer that a training configuration names.
   *
   * @param training as the file has it
   */
  public static OptimizerLine of(KerasDialect dialect, Tree.Obj training) {
    if (dialect == KerasDialect.KERAS_3) {
      return KERAS_3;
    }
    Tree.Obj config = config(TrainingConfigs.optimizer(training));
    if (config.has("is_legacy_optimizer") || config.has("jit_compile")) {
      return TF_NEW;
    }
    // Keras 2 of several backends gave its optimizers no names.
    return config.has("name") ? TF_LEGACY : MULTI_BACKEND;
  }

  /** The configuration of an optimizer, of the inner one if it scales a loss. */
  private static Tree.Obj config(Tree optimizer) {
    Tree.Obj config = optimizer.asObject().flatMap(o -> o.object("config")).orElse(Tree.object());
    return config.object("inner_optimizer").map(OptimizerLine::config).orElse(config);
  }
}
