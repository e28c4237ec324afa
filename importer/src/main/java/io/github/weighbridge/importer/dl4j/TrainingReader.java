package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.model.TrainedWeights;
import io.github.weighbridge.core.model.TrainingRecord;
import io.github.weighbridge.core.model.TrainingSettings;
import io.github.weighbridge.core.model.WeightId;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Compilation;
import io.github.weighbridge.core.training.CompilationConfig;
import io.github.weighbridge.core.training.LayerTraining;
import io.github.weighbridge.formats.dl4j.NdArray;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import io.github.weighbridge.formats.keras.dialect.TrainingConfigs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a network is trained with: the updaters of its layers, what they keep, and the losses
 * of the outputs. What is none of Keras's is told; predictions do not depend on it, and a model
 * that is not changed goes back into a zip with it.
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
  private final VertexPlaces vertices;
  private final Map<Dl4jVertex, VertexTraining> trainings = new LinkedHashMap<>();

  /**
   * A reader.
   *
   * @param written the configuration as the file has it
   * @param configuration in canonical form
   * @param vertices which of them each layer and each parameter is of
   */
  TrainingReader(
      Tree.Obj written,
      Tree.Obj configuration,
      Dl4jNetwork network,
      VertexPlaces vertices,
      Place file,
      Problems problems) {
    this.hasBlocks = UpdaterBlocks.areIn(written);
    this.configuration = configuration;
    this.network = network;
    this.file = file;
    this.problems = problems;
    this.vertices = vertices;
  }

  /**
   * What the network is trained with.
   *
   * @param model as it was read
   * @param parameters that it was read from
   * @param state what the updaters keep
   * @param again reads the layers once more, from other parameters
   */
  TrainingRecord read(
      Model model,
      Parameters parameters,
      Optional<NdArray> state,
      Function<Parameters, Collection<LayerInstance>> again) {
    TrainingSettings settings = new SettingsReader(configuration, network, file, problems).read();
    if (!hasLosses() || !knowsUpdaters()) {
      return new TrainingRecord(null, null, stepsMade().orElse(null), settings);
    }
    Optional<Compilation> compilation =
        losses(model.network()).flatMap(losses -> compilation(optimizer(), losses));
    boolean isSaid = compilation.isPresent() && isOfKeras();
    return new TrainingRecord(
        null,
        compilation.orElse(null),
        state(model, parameters, state, again).orElse(null),
        new TrainingSettings(
            settings.truncation(), settings.epochs(), isSaid ? Map.of() : ofLayers(model)));
  }

  /** Whether every output has a loss; else the network cannot be trained by labels in DL4J. */
  private boolean hasLosses() {
    return network.outputs().stream().allMatch(output -> loss(output).isPresent());
  }

  private Optional<Tree.Obj> loss(String output) {
    return layer(output).object("lossFn");
  }

  private Tree.Obj layer(String name) {
    return network.vertices().stream()
        .filter(vertex -> vertex.name().equals(name))
        .map(Dl4jVertex::config)
        .findFirst()
        .orElse(Tree.object());
  }

  /** Finds how each vertex is trained; tells of what Keras has not, then nothing is known. */
  private boolean knowsUpdaters() {
    for (Dl4jVertex vertex : vertices.ofParameters()) {
      List<Optional<VertexTraining>> all =
          TrainedLayer.in(vertex.config()).stream().map(VertexTraining::of).distinct().toList();
      if (all.isEmpty()) {
        continue;
      }
      if (all.size() > 1 || all.get(0).isEmpty()) {
        tell(
            "trains by an updater or a schedule that Keras has not",
            TrainedLayer.in(vertex.config())
                .get(0)
                .updater()
                .map(Dl4jVertex::simpleClass)
                .orElse(""));
        return false;
      }
      if (all.get(0).get().decays().stream().anyMatch(decay -> decay.isNaN())) {
        tell(
            "takes parts of weights away that do not go by the learning rate alone", vertex.name());
      }
      trainings.put(vertex, all.get(0).get());
    }
    return !trainings.isEmpty();
  }

  /** Whether all is said by one optimizer of Keras. */
  private boolean isOfKeras() {
    return trainings.values().stream().allMatch(VertexTraining::isOfKeras)
        && trainings.values().stream().map(VertexTraining::updater).distinct().count() == 1
        && trainings.values().stream().map(VertexTraining::normalization).distinct().count() == 1
        && decays().size() <= 1;
  }

  private List<Double> decays() {
    return trainings.values().stream().flatMap(own -> own.decays().stream()).distinct().toList();
  }

  /** That of all layers; null if they have several, whatever else these say. */
  private Tree optimizer() {
    List<Tree.Obj> rules =
        trainings.values().stream()
            .flatMap(own -> Stream.of(own.updater(), own.biasUpdater()))
            .map(Updaters.Known::optimizer)
            .distinct()
            .toList();
    if (rules.size() > 1) {
      return Tree.none();
    }
    Tree.Obj config = rules.get(0).object("config").orElse(Tree.object());
    VertexTraining any = trainings.values().iterator().next();
    return isOfKeras()
        ? rules.get(0).with("config", any.withOptions(config, decays()))
        : rules.get(0);
  }

  private @Nullable VertexTraining training(LayerId layer) {
    return vertices.ofLayer(layer).map(trainings::get).orElse(null);
  }

  /** How each layer with weights is trained. */
  private Map<LayerId, LayerTraining> ofLayers(Model model) {
    Map<LayerId, LayerTraining> layers = new LinkedHashMap<>();
    Map<VertexTraining, Optional<LayerTraining>> known = new HashMap<>();
    for (LayerInstance layer : model.layers()) {
      VertexTraining training = training(layer.id());
      if (training != null && !layer.weights().isEmpty()) {
        known
            .computeIfAbsent(
                training, own -> own.ofLayer(file.withLayer(layer.name(), ""), problems))
            .ifPresent(own -> layers.put(layer.id(), own));
      }
    }
    return layers;
  }

  /** Those of all outputs; nothing, which is told, if one of them has none. */
  private Optional<List<Losses.Known>> losses(Network root) {
    List<Losses.Known> losses = new ArrayList<>();
    for (int i = 0; i < network.outputs().size(); i++) {
      Tree.Obj layer = layer(network.outputs().get(i));
      Tree.Obj lossFn = loss(network.outputs().get(i)).orElseThrow();
      Shape shape = root.graph().outputValues().get(i).type().shape();
      Optional<Losses.Known> loss = Losses.of(lossFn, shape, featureAxis(layer, shape.rank()));
      // The distance to the centers of classes is part of its loss.
      boolean hasCenters = Dl4jVertex.simpleClass(layer).equals("CenterLossOutputLayer");
      if (loss.isEmpty() || hasCenters) {
        tell(
            "trains by a loss that Keras has not, or not along these axes",
            Dl4jVertex.simpleClass(hasCenters ? layer : lossFn));
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

  private Optional<Compilation> compilation(Tree optimizer, List<Losses.Known> losses) {
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
      Function<Parameters, Collection<LayerInstance>> again) {
    int kinds =
        trainings.values().stream()
            .flatMap(own -> Stream.of(own.updater(), own.biasUpdater()))
            .mapToInt(own -> own.slots().size())
            .max()
            .orElse(0);
    Optional<OptimizerState> steps = steps();
    if (kinds == 0) {
      return steps;
    }
    if (vector.isEmpty()) {
      return stepsMade();
    }
    Optional<UpdaterBlocks> blocks =
        steps.isEmpty() ? Optional.empty() : blocks(vector.get(), parameters);
    if (blocks.isEmpty()) {
      tell("has a state of the updater of another form than is known here", vector.get().count());
      return stepsMade();
    }
    List<Map<WeightId, WeightRef>> all =
        IntStream.range(0, kinds)
            .mapToObj(kind -> weights(again.apply(parameters.of(blocks.get().kind(kind)))))
            .toList();
    Map<WeightId, Map<String, WeightRef>> kept = new LinkedHashMap<>();
    for (WeightId id : TrainedWeights.of(model).weights()) {
      VertexTraining training = training(id.layer());
      List<String> slots = training == null ? List.of() : training.updater().slots();
      Map<String, WeightRef> own = new LinkedHashMap<>();
      for (int kind = 0; kind < slots.size(); kind++) {
        WeightRef slot = all.get(kind).get(id);
        if (slot != null) {
          own.put(slots.get(kind), slot);
        }
      }
      kept.put(id, own);
    }
    WeightRef iterations = steps.get().iterations();
    return Optional.of(new OptimizerState(iterations, null, Map.of(), kept, Map.of()));
  }

  /** The steps so far, which schedules count; nothing if the file does not tell. */
  private Optional<OptimizerState> steps() {
    return configuration
        .get("iterationCount")
        .flatMap(Tree::asLong)
        .filter(steps -> steps >= 0)
        .map(steps -> WeightRef.filled(DataType.INT64, steps))
        .map(steps -> new OptimizerState(steps, null, Map.of(), Map.of(), Map.of()));
  }

  /** The steps so far, if there were some. */
  private Optional<OptimizerState> stepsMade() {
    boolean made = configuration.get("iterationCount").flatMap(Tree::asLong).orElse(0L) > 0;
    return made ? steps() : Optional.empty();
  }

  /** The blocks of the updaters' vector; nothing where they are not known. */
  private Optional<UpdaterBlocks> blocks(NdArray vector, Parameters parameters) {
    boolean pretrained =
        network.vertices().stream().anyMatch(v -> PRETRAINED.contains(v.simpleClass()));
    boolean alike = trainings.values().stream().allMatch(VertexTraining::hasOneUpdater);
    if (pretrained || !hasBlocks || !alike) {
      return Optional.empty();
    }
    Map<Dl4jVertex, UpdaterBlocks.PartUpdater> updaters = new HashMap<>();
    for (Dl4jVertex vertex : vertices.ofParameters()) {
      Tree.Obj config = TrainedLayer.updaterWithin(vertex.config()).orElse(Tree.object());
      int kinds = Updaters.of(config).map(own -> own.slots().size()).orElse(0);
      updaters.put(vertex, new UpdaterBlocks.PartUpdater(config, kinds));
    }
    return UpdaterBlocks.of(
        vector,
        parameters.parts(),
        vertices.ofParts().stream().map(v -> Objects.requireNonNull(updaters.get(v))).toList());
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
