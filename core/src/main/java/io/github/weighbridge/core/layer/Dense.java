package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keras's Dense: {@code activation(x kernel + bias)} over the last axis of an input of rank 2 or
 * more.
 *
 * <p>Weights: kernel {@code [in, units]}, bias {@code [units]} if {@code useBias}; if quantised,
 * those of {@link QuantizedKernel}.
 */
public record Dense(
    int units,
    Activation activation,
    boolean useBias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint biasConstraint,
    @Nullable QuantizationConfig quantizationConfig)
    implements QuantizableLayer {

  /** Refuses what is no number of units. */
  public Dense {
    Rules.require(units > 0, "units must be positive");
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape shape = call.input().shape();
    Rules.require(shape.rank() >= 1, "an input with a last axis is needed, got " + shape);
    long in = Rules.knownSize(shape, -1, "the last axis");
    WeightSpec kernel = WeightSpec.trainable("kernel", in, units);
    Optional<WeightSpec> bias =
        useBias ? Optional.of(WeightSpec.trainable("bias", units)) : Optional.empty();
    return call.quantization()
        .map(mode -> new QuantizedKernel(kernel, bias, in, units).weights(mode, units))
        .orElseGet(() -> Stream.concat(Stream.of(kernel), bias.stream()).toList());
  }

  @Override
  public Set<Quantization.Mode> quantizationModes() {
    return EnumSet.allOf(Quantization.Mode.class);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType x = call.input();
    return List.of(new TensorType(call.computeType(), x.shape().withDim(-1, Dim.of(units))));
  }
}
