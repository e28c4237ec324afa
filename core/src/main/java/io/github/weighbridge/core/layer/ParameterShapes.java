package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sizes of weights that a layer has for every element of its input. */
final class ParameterShapes {

  private ParameterShapes() {}

  /**
   * The sizes of the input without the batch, 1 along shared axes.
   *
   * @param sharedAxes counted with the batch as 0; null for none
   */
  static long[] perElement(Shape input, @Nullable List<Integer> sharedAxes) {
    Rules.require(input.rank() >= 1, "an input with a batch axis is needed, got " + input);
    long[] sizes = new long[input.rank() - 1];
    for (int i = 0; i < sizes.length; i++) {
      boolean shared = sharedAxes != null && sharedAxes.contains(i + 1);
      sizes[i] = shared ? 1 : Rules.knownSize(input, i + 1, "axis " + (i + 1));
    }
    return sizes;
  }
}
