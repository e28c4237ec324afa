package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import org.jspecify.annotations.Nullable;

/** Keras's GRUCell: one step of {@link Gru}, with its weights and state. */
public record GruCell(
    int units,
    Activation activation,
    Activation recurrentActivation,
    boolean useBias,
    boolean resetAfter,
    Initializer kernelInitializer,
    Initializer recurrentInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer recurrentRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint recurrentConstraint,
    @Nullable Constraint biasConstraint,
    double dropout,
    double recurrentDropout,
    @Nullable Tree seed)
    implements RecurrentCell {

  /** Refuses what is no number of units. */
  public GruCell {
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
