package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.KerasOperation;

/**
 * The operations behind {@code keras.ops} functions. They end masks: in Keras 3 functions know
 * none, those of tf.keras are layers that do not support masking.
 */
final class KerasOperationLowering implements Lowering<KerasOperation> {

  @Override
  public Lowered lower(KerasOperation layer, LoweringContext context) {
    return context.function(KerasFunctions.row(layer.function()), layer.arguments());
  }
}
