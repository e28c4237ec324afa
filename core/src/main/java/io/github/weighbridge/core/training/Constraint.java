package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;

/**
 * What a weight is held to after each training step; predictions do not depend on it. Kept as the
 * file has it; of DL4J, in Keras's words and with members for what DL4J computes otherwise.
 *
 * @param className Keras's class name, as {@code Constraint} subclasses have it
 * @param config its configuration
 */
public record Constraint(String className, Tree.Obj config) {

  /** What Keras adds to a norm that it divides by. */
  public static final double KERAS_EPSILON = 1e-7;

  /** A member that Keras has not: what is added to a norm, where that is another number. */
  public static final String EPSILON = "epsilon";

  /**
   * A member that Keras has not, of MinMaxNorm: whether the part of a weight that is left as it is,
   * {@code 1 - rate}, is multiplied with the norm, so that large norms grow. DL4J does that, and
   * does it twice in each step.
   */
  public static final String SQUARES_REST = "squares_rest";

  /** How it stands in a configuration: as {@code {"class_name": ..., "config": {...}}}. */
  public static final ConfigType<Constraint> CONFIG_TYPE =
      new ConfigType<>(
          Constraint.class,
          "an object with class_name and config",
          tree -> KerasObject.read(tree, Constraint::new),
          value -> KerasObject.write(value.className(), value.config()));
}
