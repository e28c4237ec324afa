package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A learning rate that depends on the number t of steps so far (Keras's LearningRateSchedule). */
public sealed interface Schedule extends LearningRate {

  /** {@code initial * decayRate ^ (t / decaySteps)}; staircase rounds the exponent down. */
  record ExponentialDecay(
      double initialLearningRate,
      double decaySteps,
      double decayRate,
      boolean staircase,
      String name)
      implements Schedule {}

  /** {@code values[i]} up to {@code boundaries[i]}, and the last value behind all of them. */
  record PiecewiseConstantDecay(List<Double> boundaries, List<Double> values, String name)
      implements Schedule {
    /** Copies the lists. */
    public PiecewiseConstantDecay {
      boundaries = List.copyOf(boundaries);
      values = List.copyOf(values);
      if (boundaries.size() != values.size() - 1) {
        throw new IllegalArgumentException("must have one of values more than of boundaries");
      }
    }
  }

  /**
   * {@code (initial - end) * (1 - t / decaySteps) ^ power + end}; a cycle begins anew after all
   * steps, with more of them.
   */
  record PolynomialDecay(
      double initialLearningRate,
      double decaySteps,
      double endLearningRate,
      double power,
      boolean cycle,
      String name)
      implements Schedule {}

  /**
   * {@code initial / (1 + decayRate * t / decaySteps)}; staircase rounds the quotient down. With
   * one step it is what {@code decay} meant in Keras 1 and 2.
   */
  record InverseTimeDecay(
      double initialLearningRate,
      double decaySteps,
      double decayRate,
      boolean staircase,
      String name)
      implements Schedule {}

  /**
   * Half a cosine from initial to {@code alpha * initial}, behind a linear rise if there is one.
   */
  record CosineDecay(
      double initialLearningRate,
      double decaySteps,
      double alpha,
      String name,
      @Nullable Double warmupTarget,
      double warmupSteps)
      implements Schedule {}

  /** Half cosines one after the other, each {@code tMul} times longer, {@code mMul} times lower. */
  record CosineDecayRestarts(
      double initialLearningRate,
      double firstDecaySteps,
      double tMul,
      double mMul,
      double alpha,
      String name)
      implements Schedule {}

  /**
   * A schedule that is not known here. Kept as the file has it.
   *
   * @param className as the file names it
   * @param written the whole object of the file
   */
  record Custom(String className, Tree.Obj written) implements Schedule {}
}
