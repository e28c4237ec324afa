package io.github.weighbridge.importer.keras;

import java.util.Set;
import java.util.TreeSet;

/**
 * How Keras files are read.
 *
 * @param allowedKeys configuration keys that are let through though nobody here knows what they
 *     mean
 */
public record KerasImportOptions(Set<String> allowedKeys) {

  /** Every key must be known. */
  public static final KerasImportOptions DEFAULTS = new KerasImportOptions(Set.of());

  /** Copies the keys. */
  public KerasImportOptions {
    allowedKeys = java.util.Collections.unmodifiableSet(new TreeSet<>(allowedKeys));
  }

  /** These options with other allowed keys. */
  public KerasImportOptions withAllowedKeys(Set<String> keys) {
    return new KerasImportOptions(keys);
  }
}
