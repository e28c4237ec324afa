package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.tensor.WeightRef;

/**
 * A weight under the name that the file has for it.
 *
 * @param name as in {@code weight_names}; only a hint, positions count
 * @param weight still in the file
 */
public record NamedWeight(String name, WeightRef weight) {}
