package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * Keras's SimpleRNN: {@code h = activation(x kernel + bias + h recurrent_kernel)}.
 *
 * <p>Weights: kernel {@code [features, units]}, recurrent_kernel {@code [units, units]}, bias
 * {@code [units]}. State: h.
 */
public record SimpleRnn(
    int units,
    Activation activation,
    boolean useBias,
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
  public SimpleRnn {
    Rules.require(units > 0, "units must be positive");
  }

  @Override
  public int gates() {
    return 1;
  }

  @Override
  public int stateCount() {
    return 1;
  }
}
