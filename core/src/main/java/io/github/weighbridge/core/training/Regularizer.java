package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;

/**
 * What a weight or an output adds to the loss; predictions do not depend on it. Kept as the file
 * has it.
 *
 * @param className Keras's class name, as {@code Regularizer} subclasses have it
 * @param config its configuration
 */
public record Regularizer(String className, Tree.Obj config) {

  /** How it stands in a configuration: as {@code {"class_name": ..., "config": {...}}}. */
  public static final ConfigType<Regularizer> CONFIG_TYPE =
      new ConfigType<>(
          Regularizer.class,
          "an object with class_name and config",
          tree -> KerasObject.read(tree, Regularizer::new),
          value -> KerasObject.write(value.className(), value.config()));
}
