package io.github.weighbridge.core.training;

/**
 * How training changes weights: the update rules of Keras 3, and what older ones computed otherwise
 * as values of their own. The records say what was asked for; the state is {@link
 * io.github.weighbridge.core.model.OptimizerState}.
 */
public sealed interface Optimizer permits CustomOptimizer, GradientOptimizer, LossScaleOptimizer {}
