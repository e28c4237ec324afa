package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;

/**
 * What Keras of several backends (2.0 to 2.3) computes otherwise than tf.keras, where only its
 * version tells it.
 */
final class SeveralBackends {

  private SeveralBackends() {}

  /** Whether a version is one of these; those of tf.keras end in {@code -tf}, or are later. */
  static boolean wrote(String version) {
    return !version.endsWith("-tf")
        && KerasVersion.of(version).filter(v -> v.major() == 2 && v.isBefore(2, 4, 0)).isPresent();
  }

  static Tree.Obj toCanonical(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    return switch (layer.text("class_name").orElse("")) {
      case "Embedding" -> layer.with("config", embedding(config));
      case "UpSampling2D" ->
          layer.with("config", config.withDefault("half_pixel_centers", Tree.of(false)));
      default -> layer;
    };
  }

  /** Up to 2.0.5 the type of its input stood where that of its weights does since. */
  private static Tree.Obj embedding(Tree.Obj config) {
    boolean whole = config.text("dtype").filter(dtype -> dtype.startsWith("int")).isPresent();
    return whole ? config.with("dtype", Tree.of("float32")) : config;
  }
}
