package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's ConvLSTM1D, ConvLSTM2D and ConvLSTM3D: an LSTM over images whose products are
 * convolutions; the rank is that of {@code kernelSize}. The image of a step is convolved with
 * strides, dilation and padding, the state without and padded to its own size.
 *
 * <p>Weights: kernel {@code [k..., in, 4 filters]}, recurrent_kernel {@code [k..., filters, 4
 * filters]}, bias {@code [4 filters]}; gates stand in the order i, f, c, o. States: h, c.
 *
 * @param recurrentHalf whether "same" is {@link WindowPadding#HALF} for the state, as in models
 *     that Theano ran
 * @param zeroesMasked whether {@code zeroOutputForMask}, or Bidirectional, makes masked steps
 *     return zero; tf.keras (2.15) forgets it here
 */
public record ConvLstm(
    int filters,
    List<Integer> kernelSize,
    List<Integer> strides,
    WindowPadding padding,
    boolean recurrentHalf,
    DataFormat dataFormat,
    List<Integer> dilationRate,
    Activation activation,
    Activation recurrentActivation,
    boolean useBias,
    boolean returnSequences,
    boolean returnState,
    boolean goBackwards,
    boolean stateful,
    boolean unroll,
    boolean zeroOutputForMask,
    boolean zeroesMasked,
    boolean maskedWithState,
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
    implements StepLoop {

  /** Copies the lists. */
  public ConvLstm {
    kernelSize = List.copyOf(kernelSize);
    strides = List.copyOf(strides);
    dilationRate = List.copyOf(dilationRate);
    WindowShapes.requireSameRank(kernelSize, strides, dilationRate);
    Rules.require(filters > 0, "filters must be positive");
    Rules.require(padding != WindowPadding.CAUSAL, "padding must be 'valid' or 'same'");
  }

  /** How the state is padded. */
  public WindowPadding recurrentPadding() {
    return recurrentHalf ? WindowPadding.HALF : WindowPadding.SAME;
  }

  /** How many spatial axes the images have. */
  public int rank() {
    return kernelSize.size();
  }

  @Override
  public boolean timeMajor() {
    return false;
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape image = step(StepLoop.sequence(call, rank() + 3)).shape();
    long channels = WindowShapes.channels(image, dataFormat);
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(weight("kernel", WindowShapes.kernel(kernelSize, channels, 4L * filters)));
    weights.add(weight("recurrent_kernel", WindowShapes.kernel(kernelSize, filters, 4L * filters)));
    if (useBias) {
      weights.add(weight("bias", 4L * filters));
    }
    return weights;
  }

  private static WeightSpec weight(String name, long... sizes) {
    return WeightSpec.trainable(name, sizes).inPart("cell");
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType sequence = StepLoop.sequence(call, rank() + 3);
    TensorType image = step(sequence);
    TensorType state =
        image.withShape(
            WindowShapes.slide(
                image.shape(), dataFormat, filters, kernelSize, strides, dilationRate, padding));
    return returned(sequence, Collections.nCopies(3, state));
  }
}
