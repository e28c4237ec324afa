package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.GradientNormalization;
import io.github.weighbridge.core.training.GradientNormalization.Kind;
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

  /** The updater of a layer, or of the first within it that has one, trained or not. */
  static Optional<Tree.Obj> updaterWithin(Tree.Obj config) {
    return nested(config).stream()
        .map(own -> new TrainedLayer(own).updater())
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The updater; of some classes it stands under another name. */
  Optional<Tree.Obj> updater() {
    return config.object("iupdater").or(() -> config.object("updater"));
  }

  /** That of biases, if they have one of their own. */
  Optional<Tree.Obj> biasUpdater() {
    return config.object("biasUpdater");
  }

  /** Whether it has weights that penalties and decay are of. */
  private boolean hasKernel() {
    boolean sized = config.get("nout").flatMap(Tree::asLong).filter(n -> n > 0).isPresent();
    return sized && !Dl4jVertex.simpleClass(config).equals("BatchNormalization");
  }

  /**
   * How much of kernels and of biases a step takes away, 0 for nothing, NaN where that does not go
   * by the learning rate alone; nothing without kernels.
   */
  List<Double> decays() {
    return hasKernel()
        ? List.of(weightDecay("regularization"), weightDecay("regularizationBias"))
        : List.of();
  }

  private double weightDecay(String property) {
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

  /** What is done with gradients first. */
  GradientNormalization normalization() {
    Kind kind =
        switch (config.text("gradientNormalization").orElse("None")) {
          case "RenormalizeL2PerLayer" -> Kind.RENORMALIZE_L2_PER_LAYER;
          case "RenormalizeL2PerParamType" -> Kind.RENORMALIZE_L2_PER_PARAM_TYPE;
          case "ClipElementWiseAbsoluteValue" -> Kind.CLIP_ELEMENT_WISE_ABSOLUTE_VALUE;
          case "ClipL2PerLayer" -> Kind.CLIP_L2_PER_LAYER;
          case "ClipL2PerParamType" -> Kind.CLIP_L2_PER_PARAM_TYPE;
          default -> Kind.NONE;
        };
    double threshold =
        config
            .get("gradientNormalizationThreshold")
            .flatMap(Tree::asDouble)
            .filter(number -> number > 0)
            .orElse(1.0);
    boolean clips = kind.name().startsWith("CLIP");
    return new GradientNormalization(kind, clips ? threshold : 1);
  }
}
