package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * Keras's LSTM.
 *
 * <p>Weights: kernel {@code [features, 4 units]}, recurrent_kernel {@code [units, 4 units]}, bias
 * {@code [4 units]}; gates stand in the order i, f, c, o. States: h, c.
 */
public record Lstm(
    int units,
    Activation activation,
    Activation recurrentActivation,
    boolean useBias,
    boolean returnSequences,
    boolean returnState,
    boolean goBackwards,
    boolean stateful,
    boolean unroll,
    boolean zeroOutputForMask,
    boolean maskedWithState,
    boolean timeMajor,
    boolean unitForgetBias,
    Initializer kernelInitializer,
    Initializer recurrentInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer recurrentRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint recurrentConstraint,
    @Nullable Constraint biasConstraint,
    double dropout,
    double recurrentDropout,
    @Nullable Tree seed)
    implements RecurrentLayer {

  /** Refuses what is no number of units. */
  public Lstm {
    Rules.require(units > 0, "units must be positive");
  }

  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int stateCount() {
    return 2;
  }
}
