package io.github.weighbridge.core.training;

/** The size of an optimizer's steps: a number, or a function of the steps so far. */
public sealed interface LearningRate permits LearningRate.Fixed, Schedule {

  /**
   * The same for all steps. Keras keeps it among the optimizer's variables too, where it counts.
   */
  record Fixed(double value) implements LearningRate {}
}
