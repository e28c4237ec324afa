package io.github.weighbridge.core.training;

import io.github.weighbridge.core.tensor.Shape;

/**
 * A weight that an optimizer changes, as far as that decides which variables it keeps for it.
 *
 * @param path layer and weight, as {@code dense/kernel}
 * @param shape every size is known
 */
public record TrainedWeight(String path, Shape shape) {}
