package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.training.CompilationConfig;
import io.github.weighbridge.core.training.GradientNormalization;
import io.github.weighbridge.core.training.GradientNormalization.Kind;
import io.github.weighbridge.core.training.GradientOptimizer;
import io.github.weighbridge.core.training.LayerTraining;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import io.github.weighbridge.formats.keras.dialect.TrainingConfigs;
import java.util.List;
import java.util.Optional;

/**
 * How the layers of a vertex are trained.
 *
 * @param updater of their weights
 * @param biasUpdater of their biases
 * @param normalization what is done with their gradients first
 * @param decays what steps take away of kernels and of biases; none where there are no kernels
 */
record VertexTraining(
    Updaters.Known updater,
    Updaters.Known biasUpdater,
    GradientNormalization normalization,
    List<Double> decays) {

  /** Copies the list. */
  VertexTraining {
    decays = List.copyOf(decays);
  }

  /** That of a layer; nothing if one of its updaters is none of Keras's. */
  static Optional<VertexTraining> of(TrainedLayer layer) {
    Tree.Obj own = layer.updater().orElse(Tree.object());
    Optional<Updaters.Known> updater = Updaters.of(own);
    Optional<Updaters.Known> biasUpdater = Updaters.of(layer.biasUpdater().orElse(own));
    return updater.isEmpty() || biasUpdater.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new VertexTraining(
                updater.get(), biasUpdater.get(), layer.normalization(), layer.decays()));
  }

  /** Whether biases are changed by the same rule, decay aside. */
  boolean hasOneUpdater() {
    return updater.equals(biasUpdater);
  }

  /** Whether it is what an optimizer of Keras does, which is told of all layers at once. */
  boolean isOfKeras() {
    boolean clips =
        normalization.kind() == Kind.NONE
            || normalization.kind() == Kind.CLIP_L2_PER_PARAM_TYPE
            || normalization.kind() == Kind.CLIP_ELEMENT_WISE_ABSOLUTE_VALUE;
    return hasOneUpdater() && clips && decays.stream().distinct().count() <= 1;
  }

  /** What such an optimizer says beside its rule. */
  Tree.Obj withOptions(Tree.Obj config, List<Double> allDecays) {
    Tree threshold = Tree.of(normalization.threshold());
    Tree.Obj clipped =
        switch (normalization.kind()) {
          case CLIP_L2_PER_PARAM_TYPE -> config.with("clipnorm", threshold);
          case CLIP_ELEMENT_WISE_ABSOLUTE_VALUE -> config.with("clipvalue", threshold);
          default -> config;
        };
    boolean decayed = !allDecays.isEmpty() && allDecays.get(0) > 0;
    return decayed ? clipped.with("weight_decay", Tree.of(allDecays.get(0))) : clipped;
  }

  /** The same as of one layer among others; nothing, which is told, if its numbers are damaged. */
  Optional<LayerTraining> ofLayer(Place place, Problems problems) {
    double kernels = decays.isEmpty() ? 0 : decays.get(0);
    double biases = decays.isEmpty() ? 0 : decays.get(1);
    Optional<GradientOptimizer> own = optimizer(updater, kernels, place, problems);
    Optional<GradientOptimizer> ofBiases = optimizer(biasUpdater, biases, place, problems);
    return own.isEmpty() || ofBiases.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LayerTraining(
                own.get(), ofBiases.equals(own) ? null : ofBiases.get(), normalization));
  }

  private static Optional<GradientOptimizer> optimizer(
      Updaters.Known updater, double decay, Place place, Problems problems) {
    Tree.Obj config = updater.optimizer().object("config").orElse(Tree.object());
    Tree.Obj optimizer =
        decay > 0
            ? updater.optimizer().with("config", config.with("weight_decay", Tree.of(decay)))
            : updater.optimizer();
    Tree.Obj canonical =
        TrainingConfigs.toCanonical(
            KerasDialect.KERAS_3,
            Tree.object().with("optimizer", optimizer).with("loss", Tree.none()),
            Optional.empty(),
            1);
    return CompilationConfig.read(canonical, place, problems)
        .map(compilation -> compilation.optimizer())
        .filter(GradientOptimizer.class::isInstance)
        .map(GradientOptimizer.class::cast);
  }
}
