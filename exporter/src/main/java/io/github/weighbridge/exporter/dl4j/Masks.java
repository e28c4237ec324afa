package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.ActivityRegularization;
import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.Concatenate;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.Dropout;
import io.github.weighbridge.core.layer.Elu;
import io.github.weighbridge.core.layer.Embedding;
import io.github.weighbridge.core.layer.GaussianNoise;
import io.github.weighbridge.core.layer.GlobalPooling;
import io.github.weighbridge.core.layer.GroupNormalization;
import io.github.weighbridge.core.layer.Identity;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerNormalization;
import io.github.weighbridge.core.layer.LeakyRelu;
import io.github.weighbridge.core.layer.MaskRule;
import io.github.weighbridge.core.layer.Masking;
import io.github.weighbridge.core.layer.Merge;
import io.github.weighbridge.core.layer.Normalization;
import io.github.weighbridge.core.layer.PRelu;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.layer.Relu;
import io.github.weighbridge.core.layer.Rescaling;
import io.github.weighbridge.core.layer.SoftmaxLayer;
import io.github.weighbridge.core.layer.SpectralNormalization;
import io.github.weighbridge.core.layer.StepLoop;
import io.github.weighbridge.core.layer.ThresholdedRelu;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.layer.UnitNormalization;
import java.util.List;

/**
 * Where Keras's masks go, and where they change a result.
 *
 * <p>DL4J's recurrent layers set the state of a masked step to zero, where Keras carries it on; so
 * there is no mask, and no MaskZeroLayer, that would give Keras's results for every input.
 */
final class Masks {

  private Masks() {}

  /** Whether the output carries a mask. */
  static boolean isOutputMasked(Layer layer, List<Edge> inputs) {
    if (layer instanceof Masking
        || (layer instanceof Embedding embedding && embedding.maskZero())) {
      return true;
    }
    return passesOn(layer)
        && !isMerged(layer, MaskRule.NONE)
        && (isMerged(layer, MaskRule.ANY)
            ? inputs.stream().allMatch(Edge::masked)
            : inputs.stream().anyMatch(Edge::masked));
  }

  private static boolean isMerged(Layer layer, MaskRule rule) {
    return (layer instanceof Merge merge && merge.maskRule() == rule)
        || (layer instanceof Concatenate join && join.maskRule() == rule);
  }

  /** Keras's {@code supports_masking}; every other layer loses the mask. */
  private static boolean passesOn(Layer layer) {
    return layer instanceof ActivationLayer
        || layer instanceof ActivityRegularization
        || layer instanceof BatchNormalization
        || layer instanceof Bidirectional
        || layer instanceof Concatenate
        || layer instanceof Dense
        || layer instanceof Dropout
        || layer instanceof Elu
        || layer instanceof GaussianNoise
        || layer instanceof GroupNormalization
        || (layer instanceof Identity identity && identity.passesMask())
        || layer instanceof LayerNormalization
        || layer instanceof LeakyRelu
        || layer instanceof Merge
        || (layer instanceof Normalization normalization && normalization.passesMask())
        || layer instanceof PRelu
        || layer instanceof StepLoop
        || layer instanceof Relu
        || (layer instanceof Rescaling rescaling && rescaling.passesMask())
        || layer instanceof SoftmaxLayer
        || layer instanceof SpectralNormalization
        || layer instanceof ThresholdedRelu
        || layer instanceof TimeDistributed
        || layer instanceof UnitNormalization;
  }

  /** Whether the numbers of the output depend on a mask of the input. */
  static boolean changesResult(Layer layer) {
    return layer instanceof StepLoop
        || layer instanceof Bidirectional
        || layer instanceof SoftmaxLayer
        || (layer instanceof GlobalPooling pooling
            && pooling.rank() == 1
            && pooling.kind() == PoolingKind.AVERAGE);
  }
}
