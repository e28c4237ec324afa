package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.CosineMerge;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.layer.GlobalPooling;
import io.github.weighbridge.core.layer.Highway;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.MaxoutDense;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.ParametricSoftplus;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.layer.SRelu;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Initializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Layers that only Keras 1 has, as layers and functions that later ones have: with the same
 * weights, each of which goes on training.
 */
final class FormerLayers {

  /** Keras 1's epsilon, below which no length goes. */
  private static final double SMALLEST = 1e-7;

  private static final Tree.Obj NONE = Tree.object();

  private static final Initializer ZEROS = new Initializer("Zeros", NONE);

  private final Compositions compositions;

  FormerLayers(Compositions compositions) {
    this.compositions = compositions;
  }

  /** The network for a layer that is one of them. */
  Optional<LayerInstance> composed(LayerInstance instance) {
    Layer layer = instance.layer();
    if (layer instanceof MaxoutDense maxout && maxout.activityRegularizer() == null) {
      return compositions.of(instance).map(network -> maxout(maxout, network));
    }
    if (layer instanceof Highway highway && highway.activityRegularizer() == null) {
      return compositions.of(instance).map(network -> highway(highway, network));
    }
    if (layer instanceof SRelu relu) {
      return compositions
          .unmasked(instance)
          .filter(network -> shared(relu.sharedAxes()).size() < network.shape().rank() - 1)
          .map(network -> sRelu(relu, network));
    }
    if (layer instanceof ParametricSoftplus softplus) {
      return compositions
          .unmasked(instance)
          .filter(network -> shared(softplus.sharedAxes()).size() < network.shape().rank() - 1)
          .map(network -> softplus(softplus, network));
    }
    return layer instanceof CosineMerge merge
        ? compositions.of(instance).map(network -> cosine(merge, network))
        : Optional.empty();
  }

  /** One product with all kernels, and the largest along their axis. */
  private static LayerInstance maxout(MaxoutDense layer, Composition network) {
    EinsumDense products =
        new EinsumDense(
            List.of(layer.nbFeature(), layer.units()),
            EinsumEquation.parse("ab,cbd->acd"),
            Activation.LINEAR,
            layer.useBias() ? "cd" : null,
            layer.kernelInitializer(),
            ZEROS,
            layer.kernelRegularizer(),
            layer.biasRegularizer(),
            null,
            layer.kernelConstraint(),
            layer.biasConstraint(),
            null);
    Value all = network.named(products, network.layer().weights(), network.input()).get(0);
    GlobalPooling largest = new GlobalPooling(PoolingKind.MAX, 1, DataFormat.CHANNELS_LAST, false);
    return network.returning(Network.Kind.SEQUENTIAL, List.of(network.layer(largest, all)));
  }

  /** Two Dense, the gate {@code t} and {@code y}, and {@code t y + (1 - t) x}. */
  private static LayerInstance highway(Highway layer, Composition network) {
    Value x = network.input();
    int units = Math.toIntExact(network.shape().dim(1).size());
    Value y =
        network.named(dense(layer, units, layer.activation()), weights(network, ""), x).get(0);
    Value gate =
        network.weighted(
            "carry", dense(layer, units, Activation.of("sigmoid")), weights(network, "carry_"), x);
    Value changed = network.function("Multiply", NONE, gate, y);
    Value rest = network.function("Subtract", NONE, network.function("OnesLike", NONE, gate), gate);
    Value carried = network.function("Multiply", NONE, rest, x);
    return network.returning(network.function("Add", NONE, changed, carried));
  }

  private static Dense dense(Highway layer, int units, Activation activation) {
    return new Dense(
        units,
        activation,
        layer.useBias(),
        layer.kernelInitializer(),
        ZEROS,
        layer.kernelRegularizer(),
        layer.biasRegularizer(),
        null,
        layer.kernelConstraint(),
        layer.biasConstraint(),
        null);
  }

  private static Map<String, WeightRef> weights(Composition network, String prefix) {
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    for (String name : List.of("kernel", "bias")) {
      WeightRef weight = network.layer().weights().get(prefix + name);
      if (weight != null) {
        weights.put(name, weight);
      }
    }
    return weights;
  }

  /** The weights as values, and the function of them as it stands in {@link SRelu}. */
  private static LayerInstance sRelu(SRelu layer, Composition network) {
    Value x = network.input();
    Value ones = network.function("OnesLike", NONE, x);
    List<Integer> shared = shared(layer.sharedAxes());
    Value left = scaled(network, "t_left", layer.tLeftInitializer(), shared, ones);
    Value slopeLeft = scaled(network, "a_left", layer.aLeftInitializer(), shared, ones);
    Value width = scaled(network, "t_right", layer.tRightInitializer(), shared, ones);
    Value slopeRight = scaled(network, "a_right", layer.aRightInitializer(), shared, ones);
    Value right = network.function("Add", NONE, left, network.function("Abs", NONE, width));
    Value between =
        network.function("Minimum", NONE, network.function("Maximum", NONE, x, left), right);
    Value below =
        network.function("Minimum", NONE, network.function("Subtract", NONE, x, left), 0.0);
    Value above =
        network.function("Maximum", NONE, network.function("Subtract", NONE, x, right), 0.0);
    Value sum =
        network.function(
            "Add", NONE, between, network.function("Multiply", NONE, slopeLeft, below));
    return network.returning(
        network.function("Add", NONE, sum, network.function("Multiply", NONE, slopeRight, above)));
  }

  /** {@code alphas softplus(betas x)}. */
  private static LayerInstance softplus(ParametricSoftplus layer, Composition network) {
    List<Integer> shared = shared(layer.sharedAxes());
    Value y = scaled(network, "betas", constant(layer.betaInit()), shared, network.input());
    Value above = network.function("Softplus", NONE, y);
    return network.returning(scaled(network, "alphas", constant(layer.alphaInit()), shared, above));
  }

  private static Initializer constant(double value) {
    return new Initializer("Constant", NONE.with("value", Tree.of(value)));
  }

  private static List<Integer> shared(@Nullable List<Integer> axes) {
    return axes == null ? List.of() : axes;
  }

  /** A value times a weight that has one element for all samples. */
  private static Value scaled(
      Composition network, String name, Initializer initializer, List<Integer> shared, Value x) {
    WeightRef weight = network.weight(name);
    EinsumDense product = ElementProducts.of(x, axis -> !shared.contains(axis), initializer);
    return network.weighted(
        name, product, Map.of("kernel", ElementProducts.kernel(product, x, weight)), x);
  }

  private static LayerInstance cosine(CosineMerge layer, Composition network) {
    Value x = network.inputs().get(0);
    Value y = network.inputs().get(1);
    Value squares =
        network.function(
            "Multiply", NONE, network.layer(layer.dot(), x, x), network.layer(layer.dot(), y, y));
    Value lengths =
        network.function("Maximum", NONE, network.function("Sqrt", NONE, squares), SMALLEST);
    Value cosine = network.function("Divide", NONE, network.layer(layer.dot(), x, y), lengths);
    return network.returning(network.function("ExpandDims", NONE.with("axis", Tree.of(1)), cosine));
  }
}
