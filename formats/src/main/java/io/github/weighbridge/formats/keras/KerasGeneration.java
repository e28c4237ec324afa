package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import java.util.Optional;

/** The lines of Keras, whose files differ in more than their version number. */
public enum KerasGeneration {
  /** 1.0 to 1.2.2. */
  KERAS_1,
  /** 2.0 to 2.15, multi-backend and tf.keras, and the package tf_keras (2.16 and later). */
  KERAS_2,
  /** 3.0 and later, and its prereleases as keras_core (0.1). */
  KERAS_3;

  /** The line that a version number belongs to. */
  static Optional<KerasGeneration> ofVersion(String version) {
    if (version.startsWith("1.")) {
      return Optional.of(KERAS_1);
    }
    if (version.startsWith("2.")) {
      return Optional.of(KERAS_2);
    }
    return version.startsWith("3.") || version.startsWith("0.1.")
        ? Optional.of(KERAS_3)
        : Optional.empty();
  }

  /** The line that wrote an architecture that has no version number: only Keras 3 leaves it out. */
  static Optional<KerasGeneration> ofConfig(Tree.Obj config) {
    Optional<String> version = config.text("keras_version");
    if (version.isPresent()) {
      return ofVersion(version.get());
    }
    return config.has("module") ? Optional.of(KERAS_3) : Optional.empty();
  }
}
