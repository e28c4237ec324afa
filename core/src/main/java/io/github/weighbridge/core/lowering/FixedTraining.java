package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Augmentation;
import io.github.weighbridge.core.layer.CustomLayer;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.RandomCrop;
import io.github.weighbridge.core.layer.SpectralNormalization;
import java.util.List;

/**
 * Layers that Keras 2 lets train in predictions too, being called with {@code training=True}. Most
 * compute as ever; random numbers cannot be drawn as Keras draws them.
 */
final class FixedTraining {

  /** Keys that say how much of what a layer does in training is random. */
  private static final List<String> RANDOM =
      List.of("drop_path_rate", "dropout", "rate", "recurrent_dropout", "stddev");

  private FixedTraining() {}

  /**
   * Refuses layers that are random in training, or change their weights before they use them.
   *
   * @throws Refusal if the layer is one of those
   */
  static void require(Layer layer, LoweringContext context) {
    boolean changes = layer instanceof SpectralNormalization || layer instanceof CustomLayer;
    if (changes || isRandom(layer, context)) {
      throw context.unsupported("must not train in predictions", "a call with training=True");
    }
  }

  private static boolean isRandom(Layer layer, LoweringContext context) {
    return layer instanceof Augmentation
        || layer instanceof RandomCrop
        || isRandom(layer)
        || context.children().stream()
            .anyMatch(name -> isRandom(context.child(name), context.inner(name)));
  }

  private static boolean isRandom(Layer layer) {
    if (!LayerCatalog.has(layer)) {
      return false;
    }
    var config = LayerCatalog.binder().write((Record) layer);
    return RANDOM.stream()
        .anyMatch(key -> config.get(key).flatMap(v -> v.asDouble()).filter(d -> d > 0).isPresent());
  }
}
