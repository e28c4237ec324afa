package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Initializer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Products, element by element, with weights that are the same for all samples: EinsumDense. */
final class ElementProducts {

  private static final Initializer ZEROS = new Initializer("Zeros", Tree.object());

  private ElementProducts() {}

  /**
   * A layer that multiplies such a value with a kernel.
   *
   * @param along whether the kernel has an axis of the value; the batch, 0, is not asked for
   */
  static EinsumDense of(Value x, IntPredicate along, Initializer initializer) {
    StringBuilder axes = new StringBuilder();
    StringBuilder own = new StringBuilder();
    List<@Nullable Integer> sizes = new ArrayList<>();
    for (int axis = 1; axis < x.type().rank(); axis++) {
      char letter = (char) ('a' + axis);
      axes.append(letter);
      if (along.test(axis)) {
        own.append(letter);
      }
      Dim dim = x.type().shape().dim(axis);
      sizes.add(dim.isFixed() ? Math.toIntExact(dim.size()) : null);
    }
    return new EinsumDense(
        sizes,
        EinsumEquation.parse("a" + axes + "," + own + "->a" + axes),
        Activation.LINEAR,
        null,
        initializer,
        ZEROS,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** A weight as the kernel of such a layer, which has no axes of size 1 to be broadcast. */
  static WeightRef kernel(EinsumDense layer, Value x, WeightRef weight) {
    return weight.reshaped(layer.kernelShape(x.type().shape()).sizes());
  }
}
