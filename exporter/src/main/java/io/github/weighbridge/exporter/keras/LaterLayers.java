package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CustomScaleLayer;
import io.github.weighbridge.core.layer.Dropout;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerScale;
import io.github.weighbridge.core.layer.RmsNormalization;
import io.github.weighbridge.core.layer.StochasticDepth;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Initializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Layers that tf.keras has not, as layers and functions that it has: with the same weights, which
 * go on training.
 */
final class LaterLayers {

  private static final Tree.Obj NONE = Tree.object();

  private final Compositions compositions;

  LaterLayers(Compositions compositions) {
    this.compositions = compositions;
  }

  /** The network for a layer that is one of them. */
  Optional<LayerInstance> composed(LayerInstance instance) {
    Layer layer = instance.layer();
    if (layer instanceof LayerScale scale) {
      return compositions.unmasked(instance).map(network -> scaled(scale, network));
    }
    if (layer instanceof StochasticDepth depth) {
      return compositions
          .unmasked(instance)
          .map(network -> instance.withLayer(dropout(depth, network.shape().rank())));
    }
    if (layer instanceof RmsNormalization normalization) {
      return compositions.of(instance).flatMap(network -> normalized(normalization, network));
    }
    return layer instanceof CustomScaleLayer scale
        ? compositions
            .of(instance)
            .filter(network -> network.inputs().stream().allMatch(x -> hasType(network, x)))
            .map(network -> added(scale, network))
        : Optional.empty();
  }

  /** One draw for each sample. */
  private static Dropout dropout(StochasticDepth layer, int rank) {
    List<@Nullable Integer> noise = new ArrayList<>(Collections.nCopies(rank, 1));
    noise.set(0, null);
    return new Dropout(Dropout.Kind.PLAIN, layer.dropPathRate(), null, Tree.of(noise), null);
  }

  /** Functions take what they get: it must be of the type that the layer computes in. */
  private static boolean hasType(Composition network, Value x) {
    return x.type().dtype() == network.layer().dtype().compute();
  }

  private static LayerInstance scaled(LayerScale layer, Composition network) {
    Value x = network.input();
    Initializer initializer =
        new Initializer("Constant", NONE.with("value", Tree.of(layer.initValues())));
    EinsumDense product = ElementProducts.of(x, axis -> axis == x.type().rank() - 1, initializer);
    return network.returning(network.named(product, kernel(network, "gamma", product), x).get(0));
  }

  private static Map<String, WeightRef> kernel(
      Composition network, String name, EinsumDense product) {
    WeightRef weight = network.weight(name);
    return Map.of("kernel", ElementProducts.kernel(product, network.input(), weight));
  }

  private static LayerInstance added(CustomScaleLayer layer, Composition network) {
    Value product = network.function("Multiply", NONE, network.inputs().get(1), layer.scale());
    return network.returning(network.function("Add", NONE, network.inputs().get(0), product));
  }

  /** In half precision Keras computes in float32 within; then there is no such network. */
  private static Optional<LayerInstance> normalized(RmsNormalization layer, Composition network) {
    Value x = network.input();
    List<Integer> axes = layer.axis().values().stream().map(a -> counted(a, x)).toList();
    int first = x.type().rank() - axes.size();
    long[] sizes = network.weight("scale").sizes();
    boolean whole =
        Arrays.stream(sizes).noneMatch(size -> size == 1) && first > 0 && hasType(network, x);
    if (!whole || x.type().dtype().bits() < DataType.FLOAT32.bits()) {
      return Optional.empty();
    }
    Value mean =
        network.function(
            "tf.math.reduce_mean",
            NONE.with("axis", Tree.of(axes)).with("keepdims", Tree.of(true)),
            network.function("Square", NONE, x));
    Value factor =
        network.function("Rsqrt", NONE, network.function("Add", NONE, mean, layer.epsilon()));
    Value normal = network.function("Multiply", NONE, x, factor);
    EinsumDense product =
        ElementProducts.of(x, axis -> axis >= first, new Initializer("Ones", NONE));
    return Optional.of(
        network.returning(
            network.named(product, kernel(network, "scale", product), normal).get(0)));
  }

  private static int counted(int axis, Value x) {
    return axis < 0 ? axis + x.type().rank() : axis;
  }
}
