package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.model.TrainedWeights;
import io.github.weighbridge.core.model.TrainingRecord;
import io.github.weighbridge.core.model.WeightId;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Compilation;
import io.github.weighbridge.core.training.CompilationConfig;
import io.github.weighbridge.formats.dl4j.NdArray;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import io.github.weighbridge.formats.keras.dialect.TrainingConfigs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads what a network is trained with: the updater of all layers, what it keeps, and the losses of
 * the outputs. What Keras cannot say is told; predictions do not depend on it, and a model that is
 * not changed goes back into a zip with it.
 */
final class TrainingReader {

  /** Layers of which parts are trained before the rest, in blocks of their own. */
  private static final Set<String> PRETRAINED =
      Set.of("AutoEncoder", "RBM", "VariationalAutoencoder");

  /** What to do about a setting that Keras has not. */
  static final String KEPT =
      "predictions do not depend on it; an unchanged model keeps it in a zip of DL4J";

  private static final double ROUNDING = 1e-9;

  private final boolean hasBlocks;
  private final Tree.Obj configuration;
  private final Dl4jNetwork network;
  private final Place file;
  private final Problems problems;
  private final List<TrainedLayer> layers;

  /**
   * A reader.
   *
   * @param written the configuration as the file has it
   * @param configuration in canonical form
   */
  TrainingReader(
      Tree.Obj written,
      Tree.Obj configuration,
      Dl4jNetwork network,
      Place file,
      Problems problems) {
    this.hasBlocks = UpdaterBlocks.areIn(written);
    this.configuration = configuration;
    this.network = network;
    this.file = file;
    this.problems = problems;
    this.layers =
        network.vertices().stream().flatMap(v -> TrainedLayer.in(v.config()).stream()).toList();
  }

  /**
   * What the network is trained with.
   *
   * @param model as it was read
   * @param parameters that it was read from
   * @param state what the updater keeps
   * @param again reads the layers once more, from other parameters
   */
  TrainingRecord read(
      Model model,
      Parameters parameters,
      Optional<NdArray> state,
      Function<Parameters, Collection<LayerInstance>> again) {
    Optional<List<Losses.Known>> losses = losses(model.network());
    if (losses.isEmpty()) {
      return TrainingRecord.NONE;
    }
    Optional<Updaters.Known> updater = updater();
    if (updater.isEmpty()) {
      return TrainingRecord.NONE;
    }
    Optional<Compilation> compilation =
        compilation(withOptions(updater.get().optimizer()), losses.get());
    return compilation
        .map(
            own ->
                new TrainingRecord(
                    null,
                    own,
                    state(model, parameters, state, updater.get().slots(), again).orElse(null)))
        .orElse(TrainingRecord.NONE);
  }

  private Optional<Updaters.Known> updater() {
    List<Tree.Obj> distinct =
        layers.stream().map(TrainedLayer::updater).flatMap(Optional::stream).distinct().toList();
    if (distinct.isEmpty()) {
      return Optional.empty();
    }
    if (distinct.size() > 1 || layers.stream().anyMatch(TrainedLayer::hasOtherBiasUpdater)) {
      tell("trains by several updaters, where Keras has one optimizer for all", distinct.size());
      return Optional.empty();
    }
    Optional<Updaters.Known> known = Updaters.of(distinct.get(0));
    if (known.isEmpty()) {
      tell(
          "trains by an updater or a schedule that Keras has not",
          Dl4jVertex.simpleClass(distinct.get(0)));
    }
    return known;
  }

  private Tree.Obj withOptions(Tree.Obj optimizer) {
    Tree.Obj config = optimizer.object("config").orElse(Tree.object());
    List<List<Tree>> clippings = layers.stream().map(TrainedLayer::clipping).distinct().toList();
    if (clippings.size() == 1 && !clippings.get(0).isEmpty()) {
      Tree threshold = clippings.get(0).get(1);
      switch (clippings.get(0).get(0).asText().orElse("")) {
        case "ClipL2PerParamType" -> config = config.with("clipnorm", threshold);
        case "ClipElementWiseAbsoluteValue" -> config = config.with("clipvalue", threshold);
        default ->
            tell("normalises gradients in a way that Keras has not", clippings.get(0).get(0));
      }
    } else if (clippings.size() > 1) {
      tell("normalises gradients in several ways, where Keras has one for all", "layers");
    }
    List<Double> decays =
        layers.stream()
            .filter(TrainedLayer::hasKernel)
            .flatMap(
                l -> List.of("regularization", "regularizationBias").stream().map(l::weightDecay))
            .distinct()
            .toList();
    if (decays.size() == 1 && decays.get(0) > 0) {
      config = config.with("weight_decay", Tree.of(decays.get(0)));
    } else if (decays.size() > 1 || decays.stream().anyMatch(d -> d.isNaN())) {
      tell(
          "takes other parts of kernels and biases away, where Keras has one for all",
          "WeightDecay");
    }
    return optimizer.with("config", config);
  }

  /** Those of all outputs; nothing, which is told, if one of them has none. */
  private Optional<List<Losses.Known>> losses(Network root) {
    List<Losses.Known> losses = new ArrayList<>();
    for (int i = 0; i < network.outputs().size(); i++) {
      String name = network.outputs().get(i);
      Optional<Tree.Obj> layer =
          network.vertices().stream()
              .filter(vertex -> vertex.name().equals(name))
              .map(Dl4jVertex::config)
              .findFirst();
      Optional<Tree.Obj> lossFn = layer.flatMap(own -> own.object("lossFn"));
      if (lossFn.isEmpty()) {
        // It cannot be trained by labels in DL4J either.
        return Optional.empty();
      }
      Shape shape = root.graph().outputValues().get(i).type().shape();
      Optional<Losses.Known> loss =
          Losses.of(lossFn.get(), shape, featureAxis(layer.get(), shape.rank()));
      if (loss.isEmpty()) {
        tell(
            "trains by a loss that Keras has not, or not along these axes",
            Dl4jVertex.simpleClass(lossFn.get()));
        return Optional.empty();
      }
      losses.add(loss.get());
    }
    return Optional.of(losses);
  }

  private static int featureAxis(Tree.Obj layer, int rank) {
    String format =
        layer
            .text("rnnDataFormat")
            .or(() -> layer.text("format"))
            .or(() -> layer.text("dataFormat"))
            .orElse("NCW");
    return rank == 2 || format.endsWith("C") ? rank - 1 : 1;
  }

  private Optional<Compilation> compilation(Tree.Obj optimizer, List<Losses.Known> losses) {
    boolean weighted = losses.stream().anyMatch(loss -> Math.abs(loss.weight() - 1) > ROUNDING);
    boolean one = losses.size() == 1;
    List<String> names = losses.stream().map(Losses.Known::name).toList();
    List<Double> weights = losses.stream().map(Losses.Known::weight).toList();
    Tree.Obj written =
        Tree.object()
            .with("optimizer", optimizer)
            .with("loss", Tree.of(one ? names.get(0) : names))
            .with("loss_weights", weighted ? Tree.of(one ? weights.get(0) : weights) : Tree.none());
    Tree.Obj canonical =
        TrainingConfigs.toCanonical(KerasDialect.KERAS_3, written, Optional.empty(), losses.size());
    return CompilationConfig.read(canonical, file, problems);
  }

  private Optional<OptimizerState> state(
      Model model,
      Parameters parameters,
      Optional<NdArray> vector,
      List<String> slots,
      Function<Parameters, Collection<LayerInstance>> again) {
    WeightRef iterations =
        configuration
            .get("iterationCount")
            .flatMap(Tree::asLong)
            .map(steps -> WeightRef.filled(DataType.INT64, steps))
            .orElse(null);
    if (slots.isEmpty()) {
      return Optional.ofNullable(iterations)
          .map(own -> new OptimizerState(own, null, Map.of(), Map.of(), Map.of()));
    }
    if (vector.isEmpty()) {
      return Optional.empty();
    }
    boolean pretrained =
        network.vertices().stream().anyMatch(v -> PRETRAINED.contains(v.simpleClass()));
    Optional<UpdaterBlocks> blocks =
        pretrained || iterations == null || !hasBlocks
            ? Optional.empty()
            : UpdaterBlocks.of(vector.get(), parameters.parts(), slots.size());
    if (blocks.isEmpty()) {
      tell("has a state of the updater of another form than is known here", vector.get().count());
      return Optional.empty();
    }
    List<Map<WeightId, WeightRef>> kinds =
        IntStream.range(0, slots.size())
            .mapToObj(kind -> weights(again.apply(parameters.of(blocks.get().kind(kind)))))
            .toList();
    Map<WeightId, Map<String, WeightRef>> kept = new LinkedHashMap<>();
    for (WeightId id : TrainedWeights.of(model).weights()) {
      Map<String, WeightRef> own = new LinkedHashMap<>();
      for (int kind = 0; kind < slots.size(); kind++) {
        WeightRef slot = kinds.get(kind).get(id);
        if (slot != null) {
          own.put(slots.get(kind), slot);
        }
      }
      kept.put(id, own);
    }
    return Optional.of(new OptimizerState(iterations, null, Map.of(), kept, Map.of()));
  }

  private static Map<WeightId, WeightRef> weights(Collection<LayerInstance> layers) {
    Map<WeightId, WeightRef> weights = new HashMap<>();
    for (LayerInstance layer : layers) {
      layer
          .weights()
          .forEach((name, weight) -> weights.put(new WeightId(layer.id(), name), weight));
    }
    return weights;
  }

  private void tell(String rule, Object found) {
    problems.warning(
        ProblemCode.CONFIG_VALUE_INVALID,
        file.withKey("training"),
        rule,
        String.valueOf(found),
        KEPT);
  }
}
