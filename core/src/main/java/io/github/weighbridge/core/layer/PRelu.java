package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's PReLU: {@code x} where positive, else {@code alpha x}.
 *
 * <p>Weights: alpha, of the input's shape without the batch, 1 along {@code sharedAxes} (which
 * count the batch as 0).
 */
public record PRelu(
    Initializer alphaInitializer,
    @Nullable Regularizer alphaRegularizer,
    @Nullable Constraint alphaConstraint,
    @Nullable List<Integer> sharedAxes)
    implements Layer {

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    long[] sizes = ParameterShapes.perElement(call.input().shape(), sharedAxes);
    return List.of(WeightSpec.trainable("alpha", sizes));
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
