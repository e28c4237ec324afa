package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.graph.Value;
import java.util.List;

/**
 * A layer that is not Keras's own: somebody's registered class, taught here.
 *
 * <p>Implemented by public records. Their components are the keys that {@code get_config} of the
 * Python class adds, in camelCase; {@link #weights} lists the weights in the order in which the
 * class makes them; {@link #lower} says in operations what {@code call} computes. That is all:
 * reading, inspecting, running and ONNX follow from it. A {@link CustomLayerProvider} tells its
 * name.
 *
 * <p>Unlike those of the catalogue a custom layer holds its own mathematics, so that one class is
 * all that has to be found, and a model needs nothing besides itself to be lowered.
 */
public non-sealed interface CustomLayer extends Layer {

  /** The name under which the class is registered with Keras: {@code "MyPackage>Scale"}. */
  String className();

  /**
   * Adds the operations of one call, for predictions.
   *
   * @return one value for each of {@link #outputTypes}
   * @throws IllegalArgumentException if the inputs do not fit, saying which rule is broken
   */
  List<Value> lower(LoweringCall call);

  /**
   * Whether the mask of the first input holds for what the call returns, as {@code
   * supports_masking} says it in Keras. If not it ends here.
   */
  default boolean supportsMasking() {
    return false;
  }
}
