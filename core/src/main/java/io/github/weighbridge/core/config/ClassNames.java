package io.github.weighbridge.core.config;

import java.util.Locale;

/** Names that Keras makes of the names of classes. */
public final class ClassNames {

  private ClassNames() {}

  /** {@code rm_sprop} of {@code RMSprop}, {@code re_lu} of {@code ReLU}, as Keras 3 makes it. */
  public static String snakeCase(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
