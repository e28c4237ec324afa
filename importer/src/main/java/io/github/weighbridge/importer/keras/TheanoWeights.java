package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.layer.ConvLstm;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Kernels of Theano's convolutions: it convolves, which is to turn the kernel round along its
 * spatial axes, where every other backend correlates.
 */
final class TheanoWeights {

  private TheanoWeights() {}

  static Map<String, WeightRef> toPlain(Layer layer, Map<String, WeightRef> weights) {
    boolean convolves =
        layer instanceof Convolution
            || layer instanceof TransposedConvolution
            || layer instanceof ConvLstm;
    if (!convolves) {
      return weights;
    }
    Map<String, WeightRef> plain = new LinkedHashMap<>(weights);
    UnaryOperator<WeightRef> turned = TheanoWeights::turned;
    plain.computeIfPresent("kernel", (name, kernel) -> turned.apply(kernel));
    plain.computeIfPresent("recurrent_kernel", (name, kernel) -> turned.apply(kernel));
    return plain;
  }

  /** A kernel {@code [k..., in, out]}, or with its last two axes exchanged. */
  private static WeightRef turned(WeightRef kernel) {
    WeightRef turned = kernel;
    for (int axis = 0; axis < kernel.sizes().length - 2; axis++) {
      turned = turned.flipped(axis);
    }
    return turned;
  }
}
