package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.ConvLstm;
import io.github.weighbridge.core.layer.Gru;
import io.github.weighbridge.core.layer.GruCell;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.layer.LstmCell;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keras up to 2.15 computes {@code hard_sigmoid} as {@code clip(0.2 x + 0.5)}, Keras 3 as {@code
 * clip(x / 6 + 0.5)}. Since the function follows a product with weights, these can take the factor:
 * 1.2 on the way up, 5/6 on the way down, for the columns of the gates that it bounds. The product
 * is the same to the last place but one.
 */
final class HardSigmoids {

  private static final String NAME = "hard_sigmoid";
  private static final Activation OLD = new Activation(NAME, Map.of("slope", 0.2, "offset", 0.5));
  private static final Activation NEW = Activation.of(NAME);

  private final Activation from;
  private final Activation to;
  private final double factor;

  private HardSigmoids(Activation from, Activation to, double factor) {
    this.from = from;
    this.to = to;
    this.factor = factor;
  }

  /** Those of Keras 1 and 2 as Keras 3's. */
  static HardSigmoids toKeras3() {
    return new HardSigmoids(OLD, NEW, 1.2);
  }

  /** Those of Keras 3 as Keras 2's. */
  static HardSigmoids toKeras2() {
    return new HardSigmoids(NEW, OLD, 1 / 1.2);
  }

  /** What an Activation layer of the function must multiply its input with, if it is one. */
  Optional<Double> factorOf(Layer layer) {
    return layer instanceof ActivationLayer own && own.activation().equals(from)
        ? Optional.of(factor)
        : Optional.empty();
  }

  /** The function that the target has. */
  Activation target() {
    return to;
  }

  /** The same layer with the other function, if that can be. */
  Optional<LayerInstance> rescaled(LayerInstance instance) {
    Layer layer = instance.layer();
    if (!(layer instanceof Record own)
        || layer instanceof ActivationLayer
        || layer instanceof KerasOperation
        || instance.dtype().quantization() != null
        || LayerCatalog.entry(instance.className()).isEmpty()) {
      return Optional.empty();
    }
    Tree.Obj config = LayerCatalog.binder().write(own);
    boolean candidate = has(config, "activation");
    boolean gates = has(config, "recurrent_activation");
    if (!candidate && !gates) {
      return Optional.empty();
    }
    boolean[] bounded = bounded(layer, candidate, gates);
    if (bounded.length == 0) {
      return Optional.empty();
    }
    Tree.Obj changes = Tree.object();
    for (String key : List.of("activation", "recurrent_activation")) {
      if (has(config, key)) {
        changes = changes.with(key, Activation.CONFIG_TYPE.writer().apply(to));
      }
    }
    return LayerCatalog.with(layer, changes)
        .map(
            other ->
                instance.withLayer(other).withWeights(scaled(layer, instance.weights(), bounded)));
  }

  private boolean has(Tree.Obj config, String key) {
    return config.get(key).filter(Activation.CONFIG_TYPE.writer().apply(from)::equals).isPresent();
  }

  /**
   * Which of a layer's gates the function bounds, in the order of their columns; none where it
   * stands in a place that no weight leads to directly.
   */
  private static boolean[] bounded(Layer layer, boolean candidate, boolean gates) {
    if (layer instanceof Lstm || layer instanceof LstmCell || layer instanceof ConvLstm) {
      // The state passes the candidate's function once more, behind no weight.
      return candidate ? new boolean[0] : new boolean[] {gates, gates, false, gates};
    }
    if (layer instanceof Gru || layer instanceof GruCell) {
      return new boolean[] {gates, gates, candidate};
    }
    return new boolean[] {true};
  }

  private Map<String, WeightRef> scaled(
      Layer layer, Map<String, WeightRef> weights, boolean[] bounded) {
    Map<String, WeightRef> scaled = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          boolean before = layer instanceof SeparableConvolution && name.startsWith("depthwise");
          scaled.put(name, before ? weight : scaled(weight, bounded));
        });
    return scaled;
  }

  private WeightRef scaled(WeightRef weight, boolean[] bounded) {
    int axis = weight.sizes().length - 1;
    long columns = weight.sizes()[axis] / bounded.length;
    List<WeightRef> parts = new ArrayList<>();
    for (int gate = 0; gate < bounded.length; gate++) {
      WeightRef part =
          bounded.length == 1 ? weight : weight.sliced(axis, gate * columns, (gate + 1) * columns);
      parts.add(
          bounded[gate]
              ? WeightRef.mapped(weight.dtype(), of -> of[0] * factor, List.of(part))
              : part);
    }
    return parts.size() == 1 ? parts.get(0) : WeightRef.concatenated(axis, parts);
  }
}
