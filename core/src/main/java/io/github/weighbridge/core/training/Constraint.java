package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;

/**
 * What a weight is held to after each training step; predictions do not depend on it. Kept as the
 * file has it.
 *
 * @param className Keras's class name, as {@code Constraint} subclasses have it
 * @param config its configuration
 */
public record Constraint(String className, Tree.Obj config) {

  /** How it stands in a configuration: as {@code {"class_name": ..., "config": {...}}}. */
  public static final ConfigType<Constraint> CONFIG_TYPE =
      new ConfigType<>(
          Constraint.class,
          "an object with class_name and config",
          tree -> KerasObject.read(tree, Constraint::new),
          value -> KerasObject.write(value.className(), value.config()));
}
