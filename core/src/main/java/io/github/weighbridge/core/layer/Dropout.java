package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's layers that drop inputs in training and change nothing at inference: Dropout,
 * SpatialDropout1D, 2D and 3D, GaussianDropout, AlphaDropout.
 *
 * @param kind which
 * @param seed of the random numbers, as the file has it
 * @param noiseShape where one draw serves several elements
 * @param dataFormat of the spatial kinds, else null
 */
public record Dropout(
    Kind kind,
    double rate,
    @Nullable Tree seed,
    @Nullable Tree noiseShape,
    @Nullable DataFormat dataFormat)
    implements Layer {

  /** What is dropped, and what stands in its place. */
  public enum Kind {
    PLAIN,
    SPATIAL_1D,
    SPATIAL_2D,
    SPATIAL_3D,
    GAUSSIAN,
    ALPHA
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
