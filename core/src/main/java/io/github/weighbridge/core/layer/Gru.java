package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * Keras's GRU.
 *
 * <p>Weights: kernel {@code [features, 3 units]}, recurrent_kernel {@code [units, 3 units]}, bias
 * {@code [3 units]}, with {@code resetAfter} {@code [2, 3 units]} (input and recurrent part); gates
 * stand in the order z, r, h. State: h.
 */
public record Gru(
    int units,
    Activation activation,
    Activation recurrentActivation,
    boolean useBias,
    boolean resetAfter,
    boolean returnSequences,
    boolean returnState,
    boolean goBackwards,
    boolean stateful,
    boolean unroll,
    boolean zeroOutputForMask,
    boolean maskedWithState,
    boolean timeMajor,
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
  public Gru {
    Rules.require(units > 0, "units must be positive");
  }

  @Override
  public int gates() {
    return 3;
  }

  @Override
  public int stateCount() {
    return 1;
  }

  @Override
  public long[] biasSizes() {
    return resetAfter ? new long[] {2, 3L * units} : new long[] {3L * units};
  }
}
