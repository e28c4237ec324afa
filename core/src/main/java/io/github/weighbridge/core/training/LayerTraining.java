package io.github.weighbridge.core.training;

import org.jspecify.annotations.Nullable;

/**
 * How the weights of one layer are changed, in networks of DL4J whose layers are not all trained
 * alike. Predictions do not depend on it.
 *
 * @param optimizer of the layer, with the decay of its kernels and without clipping
 * @param biasOptimizer of its biases, with their decay; null for the same
 * @param normalization what is done with its gradients first
 */
public record LayerTraining(
    GradientOptimizer optimizer,
    @Nullable GradientOptimizer biasOptimizer,
    GradientNormalization normalization) {}
