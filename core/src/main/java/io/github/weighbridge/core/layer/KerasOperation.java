package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * A function of {@code keras.ops} (or of TensorFlow, in files of tf.keras) as a node of a model:
 * residuals written {@code a + b}, masks, slices.
 *
 * @param function which
 * @param arguments its arguments that stand in the configuration; others stand at the call
 * @param written how the file names it, for the way back
 */
public record KerasOperation(KerasFunction function, Tree.Obj arguments, Tree.Obj written)
    implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return function.outputTypes(arguments, call.arguments());
  }
}
