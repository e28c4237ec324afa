package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DL4J's GravesLSTM: an LSTM whose gates see the cell state through weights of their own
 * (peepholes), after Graves, "Supervised Sequence Labelling with Recurrent Neural Networks". Input
 * and forget gate see the state before the step, the output gate the one after it.
 *
 * <p>Weights: kernel {@code [features, 4 units]}, recurrent_kernel {@code [units, 4 units]}, bias
 * {@code [4 units]}, with gates in the order i, f, c, o; peephole_kernel {@code [3, units]} of i, f
 * and o. States: h, c.
 */
public record GravesLstm(
    int units,
    Activation activation,
    Activation recurrentActivation,
    boolean returnSequences,
    boolean goBackwards,
    boolean unitForgetBias,
    Initializer kernelInitializer,
    Initializer recurrentInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer biasRegularizer)
    implements RecurrentLayer {

  /** Refuses what is no number of units. */
  public GravesLstm {
    Rules.require(units > 0, "units must be positive");
  }

  @Override
  public boolean useBias() {
    return true;
  }

  @Override
  public boolean returnState() {
    return false;
  }

  @Override
  public boolean stateful() {
    return false;
  }

  @Override
  public boolean unroll() {
    return false;
  }

  @Override
  public boolean zeroOutputForMask() {
    return false;
  }

  @Override
  public boolean maskedWithState() {
    return true;
  }

  @Override
  public boolean timeMajor() {
    return false;
  }

  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int stateCount() {
    return 2;
  }

  @Override
  public List<WeightSpec> unitWeights(long features, String part) {
    List<WeightSpec> weights = new ArrayList<>(RecurrentLayer.super.unitWeights(features, part));
    weights.add(WeightSpec.trainable("peephole_kernel", 3, units).inPart(part));
    return weights;
  }
}
