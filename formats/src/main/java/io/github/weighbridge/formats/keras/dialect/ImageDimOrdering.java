package io.github.weighbridge.formats.keras.dialect;

import java.util.Locale;

/** Keras 1's setting of the order of an image's axes. */
public enum ImageDimOrdering {
  /** TensorFlow's: channels last. */
  TF,
  /** Theano's: channels first. */
  TH;

  /** How configurations say it. */
  String configName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
