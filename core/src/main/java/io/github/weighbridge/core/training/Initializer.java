package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;

/**
 * How the first values of a weight are drawn; predictions do not depend on it. Kept as the file has
 * it.
 *
 * @param className Keras's class name, as {@code Initializer} subclasses have it
 * @param config its configuration
 */
public record Initializer(String className, Tree.Obj config) {

  /** How it stands in a configuration: as {@code {"class_name": ..., "config": {...}}}. */
  public static final ConfigType<Initializer> CONFIG_TYPE =
      new ConfigType<>(
          Initializer.class,
          "an object with class_name and config",
          tree -> KerasObject.read(tree, Initializer::new),
          value -> KerasObject.write(value.className(), value.config()));
}
