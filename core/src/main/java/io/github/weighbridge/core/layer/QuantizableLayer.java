package io.github.weighbridge.core.layer;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A layer that Keras can quantise; whether it is, its dtype policy says. */
public sealed interface QuantizableLayer extends Layer
    permits Dense, EinsumDense, Embedding, ReversibleEmbedding {

  /** How it was quantised; null where the file does not say, and all is as by default. */
  @Nullable QuantizationConfig quantizationConfig();

  /** The schemes that it knows. */
  Set<Quantization.Mode> quantizationModes();

  /**
   * What the inputs are quantised with; null where they stay as they are.
   *
   * @param standard the layer's own choice, where the file does not say
   */
  default @Nullable AbsMaxQuantizer inputQuantizer(@Nullable AbsMaxQuantizer standard) {
    QuantizationConfig config = quantizationConfig();
    return config == null ? standard : config.activationQuantizer();
  }
}
