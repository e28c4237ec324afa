package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keras's GaussianNoise: adds noise in training, changes nothing at inference. */
public record GaussianNoise(double stddev, @Nullable Tree seed) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
