package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * A function of {@code keras.ops} (or of TensorFlow, in files of tf.keras) as a node of a model:
 * residuals written {@code a + b}, masks, slices.
 *
 * @param function Keras 3's class name of the operation, as {@code NotEqual}
 * @param arguments its static arguments
 * @param written how the file names it, for the way back
 */
public record KerasOperation(String function, Tree.Obj arguments, Tree.Obj written)
    implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return KerasOperations.outputTypes(function, arguments, call);
  }
}
