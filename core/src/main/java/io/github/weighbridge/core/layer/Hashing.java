package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's Hashing: the bin that the hash of each element falls into. Numbers are hashed as their
 * decimal text.
 *
 * @param maskValue what falls into bin 0, which is then nobody else's; null for nothing
 * @param salt the key of a strong hash; null for a plain one
 */
public record Hashing(
    int numBins, @Nullable Tree maskValue, @Nullable List<Long> salt, CategoryOutput outputMode)
    implements Layer {

  /** Copies the key; refuses what Keras refuses. */
  public Hashing {
    salt = salt == null ? null : List.copyOf(salt);
    Rules.require(numBins > 0, "num_bins must be positive");
    Rules.require(salt == null || salt.size() == 2, "salt must be two numbers");
    Rules.require(outputMode != CategoryOutput.TF_IDF, "output_mode must not be 'tf_idf'");
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(
        new TensorType(call.computeType(), outputMode.shape(call.input().shape(), numBins)));
  }
}
