package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.CategoryOutput;
import io.github.weighbridge.core.layer.IndexLookup;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.LocallyConnected;
import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.layer.Relu;
import io.github.weighbridge.core.layer.Rescaling;
import io.github.weighbridge.core.layer.StepLoop;
import io.github.weighbridge.core.layer.TextVectorization;
import io.github.weighbridge.core.layer.ThresholdedRelu;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.model.WeightId;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings a model to what a generation of Keras can express, where another way to say it computes
 * the same: each rule is exact.
 */
final class Fitting {

  private final Model model;
  private final boolean keras3;
  private final Problems problems;
  private final HardSigmoids hardSigmoids;
  private final Map<LayerId, LayerInstance> fitted = new LinkedHashMap<>();
  private final Compositions compositions;
  private final ActivationFunctions activationFunctions;
  private final FormerLayers formerLayers;
  private final ImageLayers imageLayers;
  private final LaterLayers laterLayers;
  private final TimeMajor timeMajor;
  private final WindowPaddings windowPaddings;
  private boolean rescaled;

  private Fitting(Model model, boolean keras3, Problems problems) {
    this.model = model;
    this.keras3 = keras3;
    this.problems = problems;
    this.hardSigmoids = keras3 ? HardSigmoids.toKeras3() : HardSigmoids.toKeras2();
    this.compositions = new Compositions(model, fitted);
    this.activationFunctions = new ActivationFunctions(compositions);
    this.imageLayers = new ImageLayers(compositions, problems);
    this.laterLayers = new LaterLayers(compositions);
    this.formerLayers = new FormerLayers(compositions);
    this.timeMajor = new TimeMajor(compositions);
    this.windowPaddings = new WindowPaddings(compositions, keras3, problems);
  }

  /**
   * A model, and whether its weights were scaled or laid out otherwise: then the state of an
   * optimizer fits no longer.
   */
  record Fitted(Model model, boolean rescaled) {}

  /** The model as Keras 3 can express it, or tf.keras 2.15. */
  static Fitted of(Model source, boolean keras3, Problems problems) {
    Model model = FunctionFitting.fit(source, keras3, problems);
    Fitting fitting = new Fitting(model, keras3, problems);
    model.layers().forEach(layer -> fitting.fitted.put(layer.id(), layer));
    model.layers().forEach(layer -> fitting.fit(layer.id()));
    new LayerNames(model, keras3, problems).fit(fitting.fitted);
    if (!keras3) {
      TfKerasInputs.check(model, problems);
    }
    Model fitted = model.withLayers(fitting.fitted.values());
    if (!keras3) {
      TfKerasMasks.check(fitted, problems);
    }
    Optional<OptimizerState> state = model.optimizerState().flatMap(fitting::moved);
    boolean lost = model.optimizerState().isPresent() && state.isEmpty();
    Model trained = state.map(fitted::withOptimizerState).orElse(fitted);
    return new Fitted(keras3 ? ExplicitMasks.in(trained) : trained, fitting.rescaled || lost);
  }

  private void fit(LayerId id) {
    LayerInstance instance = Objects.requireNonNull(fitted.get(id));
    Optional<LayerInstance> scaled = hardSigmoids.rescaled(instance);
    rescaled |= scaled.isPresent();
    LayerInstance own = scaled.orElse(instance);
    fitted.put(id, replaced(own).orElse(own));
  }

  /** What an optimizer keeps of weights, by where they stand now; nothing if some are others. */
  private Optional<OptimizerState> moved(OptimizerState state) {
    IdentityHashMap<WeightRef, WeightId> places = new IdentityHashMap<>();
    for (LayerInstance layer : fitted.values()) {
      layer.weights().forEach((name, weight) -> places.put(weight, new WeightId(layer.id(), name)));
    }
    Map<WeightId, Map<String, WeightRef>> slots = new LinkedHashMap<>();
    for (Map.Entry<WeightId, Map<String, WeightRef>> kept : state.slots().entrySet()) {
      WeightId id = kept.getKey();
      WeightId now = places.get(model.layer(id.layer()).weights().get(id.weight()));
      if (now == null) {
        return Optional.empty();
      }
      slots.put(now, kept.getValue());
    }
    return Optional.of(
        new OptimizerState(
            state.iterations(), state.learningRate(), state.scalars(), slots, state.written()));
  }

  private Optional<LayerInstance> replaced(LayerInstance instance) {
    Layer layer = instance.layer();
    Optional<Double> factor = hardSigmoids.factorOf(layer);
    if (factor.isPresent()) {
      // No weight stands before the function: a factor does.
      List<Layer> chain =
          List.of(
              new Rescaling(Numbers.of(factor.get()), Numbers.of(0), true),
              new ActivationLayer(hardSigmoids.target()));
      return compositions.chained(instance, chain, 1);
    }
    Optional<LayerInstance> composed =
        formerLayers
            .composed(instance)
            .or(() -> windowPaddings.composed(instance, place(instance)));
    return composed.or(() -> keras3 ? ofKeras3(instance) : ofTfKeras(instance));
  }

  private Optional<LayerInstance> ofKeras3(LayerInstance instance) {
    Layer layer = instance.layer();
    if (layer instanceof ThresholdedRelu thresholded) {
      return Optional.of(instance.withLayer(relu(thresholded, instance)));
    }
    if (layer instanceof LocallyConnected connected) {
      return compositions
          .of(instance)
          .map(
              network -> LocalConvolutions.composed(connected, network, place(instance), problems));
    }
    return timeMajor
        .composed(instance)
        .or(() -> imageLayers.toKeras3(instance, place(instance)))
        .or(
            () ->
                counted(layer)
                    .flatMap(
                        lookup ->
                            compositions.chained(
                                instance,
                                List.of(lookup, new Rescaling(Numbers.of(1), Numbers.of(0), true)),
                                0)));
  }

  private Optional<LayerInstance> ofTfKeras(LayerInstance instance) {
    return rolled(instance)
        .or(() -> activationFunctions.composed(instance))
        .or(() -> laterLayers.composed(instance))
        .or(() -> imageLayers.toTfKeras(instance, place(instance)));
  }

  /**
   * A loop that is not written out, where tf.keras fails to put a zero in the place of the last
   * output of one that is; it computes the same.
   */
  private static Optional<LayerInstance> rolled(LayerInstance instance) {
    return instance.layer() instanceof StepLoop loop
            && loop.unroll()
            && loop.zeroOutputForMask()
            && !loop.returnSequences()
        ? LayerCatalog.with(loop, Tree.object().with("unroll", Tree.of(false)))
            .map(instance::withLayer)
        : Optional.empty();
  }

  private Place place(LayerInstance instance) {
    return Place.file(model.provenance().file()).withLayer(instance.name(), instance.className());
  }

  /** A lookup that gives whole numbers, as those of Keras 3 do, for one that gives float32. */
  private static Optional<Layer> counted(Layer layer) {
    boolean floats =
        (layer instanceof IndexLookup lookup
                && lookup.outputDtype() == DataType.FLOAT32
                && lookup.outputMode() != CategoryOutput.TF_IDF)
            || (layer instanceof TextVectorization text
                && text.outputDtype() == DataType.FLOAT32
                && text.outputMode() != CategoryOutput.TF_IDF);
    return floats
        ? LayerCatalog.with(
            layer, Tree.object().with("output_dtype", Tree.of(DataType.INT64.kerasName())))
        : Optional.empty();
  }

  /** {@code x > theta} is {@code x >= the next number}. */
  private static Relu relu(ThresholdedRelu layer, LayerInstance instance) {
    boolean wide = instance.dtype().compute() == DataType.FLOAT64;
    double threshold =
        wide ? Math.nextUp(layer.theta()) : (double) Math.nextUp((float) layer.theta());
    return new Relu(null, 0, threshold);
  }
}
