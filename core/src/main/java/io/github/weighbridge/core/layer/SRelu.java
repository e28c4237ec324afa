package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Initializer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras 1's SReLU, three lines that meet at {@code t_left} and at {@code t = t_left + |t_right|}:
 * {@code t_left + a_left (x - t_left)} below, {@code x} between, {@code t + a_right (x - t)} above.
 *
 * <p>Weights: t_left, a_left, t_right and a_right, of the input's shape without the batch, 1 along
 * {@code sharedAxes} (which count the batch as 0).
 */
public record SRelu(
    Initializer tLeftInitializer,
    Initializer aLeftInitializer,
    Initializer tRightInitializer,
    Initializer aRightInitializer,
    @Nullable List<Integer> sharedAxes)
    implements Layer {

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    long[] sizes = ParameterShapes.perElement(call.input().shape(), sharedAxes);
    return List.of("t_left", "a_left", "t_right", "a_right").stream()
        .map(name -> WeightSpec.trainable(name, sizes))
        .toList();
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
