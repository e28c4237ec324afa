package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.lowering.CustomLayers;
import java.util.Set;
import java.util.TreeSet;

/**
 * How Keras files are read.
 *
 * @param allowedKeys configuration keys that are let through though nobody here knows what they
 *     mean
 * @param customLayers the layers that are known besides Keras's own
 */
public record KerasImportOptions(Set<String> allowedKeys, CustomLayers customLayers) {

  /** Every key must be known; no custom layers. */
  public static final KerasImportOptions DEFAULTS =
      new KerasImportOptions(Set.of(), CustomLayers.NONE);

  /** Copies the keys. */
  public KerasImportOptions {
    allowedKeys = java.util.Collections.unmodifiableSet(new TreeSet<>(allowedKeys));
  }

  /** These options with other allowed keys. */
  public KerasImportOptions withAllowedKeys(Set<String> keys) {
    return new KerasImportOptions(keys, customLayers);
  }

  /** These options with other custom layers. */
  public KerasImportOptions withCustomLayers(CustomLayers layers) {
    return new KerasImportOptions(allowedKeys, layers);
  }
}
