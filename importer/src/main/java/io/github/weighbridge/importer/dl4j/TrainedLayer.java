package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a layer says of its training.
 *
 * @param config of the layer
 */
record TrainedLayer(Tree.Obj config) {

  private static final List<String> INNER = List.of("layer", "underlying", "fwd", "bwd");
  private static final Set<String> FROZEN =
      Set.of("FrozenLayer", "FrozenLayerWithBackprop", "FrozenVertex");

  /** The layers that are trained in a configuration, itself or those within. */
  static List<TrainedLayer> in(Tree.Obj config) {
    List<TrainedLayer> layers = new ArrayList<>();
    collect(config, layers);
    return List.copyOf(layers);
  }

  private static void collect(Tree.Obj config, List<TrainedLayer> layers) {
    if (FROZEN.contains(Dl4jVertex.simpleClass(config))) {
      return;
    }
    TrainedLayer layer = new TrainedLayer(config);
    if (layer.updater().isPresent()) {
      layers.add(layer);
    }
    INNER.forEach(key -> config.object(key).ifPresent(inner -> collect(inner, layers)));
  }

  /** A layer and those within it, trained or not. */
  static List<Tree.Obj> nested(Tree.Obj config) {
    List<Tree.Obj> layers = new ArrayList<>();
    layers.add(config);
    INNER.forEach(key -> config.object(key).ifPresent(inner -> layers.addAll(nested(inner))));
    return List.copyOf(layers);
  }

  /** The updater; of some classes it stands under another name. */
  Optional<Tree.Obj> updater() {
    return config.object("iupdater").or(() -> config.object("updater"));
  }

  /** Whether biases have another one. */
  boolean hasOtherBiasUpdater() {
    return config
        .object("biasUpdater")
        .filter(own -> !updater().equals(Optional.of(own)))
        .isPresent();
  }

  /** Whether it has weights that penalties and decay are of. */
  boolean hasKernel() {
    boolean sized = config.get("nout").flatMap(Tree::asLong).filter(n -> n > 0).isPresent();
    return sized && !Dl4jVertex.simpleClass(config).equals("BatchNormalization");
  }

  /** How much of a weight a step takes away, for kernels or biases; 0 for nothing. */
  double weightDecay(String property) {
    double decay = 0;
    for (Tree item : config.items(property)) {
      Tree.Obj term = item.asObject().orElse(Tree.object());
      if (Dl4jVertex.simpleClass(term).equals("WeightDecay")) {
        boolean isOfRate = term.get("applyLR").flatMap(Tree::asBoolean).orElse(true);
        decay +=
            isOfRate
                ? term.object("coeff")
                    .flatMap(own -> own.get("value"))
                    .flatMap(Tree::asDouble)
                    .orElse(Double.NaN)
                : Double.NaN;
      }
    }
    return decay;
  }

  /** What is done with gradients first, and from where on. */
  List<Tree> clipping() {
    String kind = config.text("gradientNormalization").orElse("None");
    Tree threshold = config.get("gradientNormalizationThreshold").orElse(Tree.of(1.0));
    return kind.equals("None") ? List.of() : List.of(Tree.of(kind), threshold);
  }
}
