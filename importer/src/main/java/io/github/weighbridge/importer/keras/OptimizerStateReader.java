package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.model.WeightId;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Compilation;
import io.github.weighbridge.core.training.GradientOptimizer;
import io.github.weighbridge.core.training.LossScaleOptimizer;
import io.github.weighbridge.core.training.Nadam;
import io.github.weighbridge.core.training.Optimizer;
import io.github.weighbridge.core.training.TrainedWeight;
import io.github.weighbridge.core.training.TrainingCatalog;
import io.github.weighbridge.formats.keras.dialect.OptimizerLine;
import io.github.weighbridge.importer.keras.OptimizerLayout.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells the variables of an optimizer apart, which files have in one list: by the order in which
 * the optimizer made them, see {@link OptimizerLayout}. What it keeps for a weight stands in the
 * form that the file has the weight in (Keras 1's gates, Theano's kernels) and is brought to the
 * form of the model with it.
 */
final class OptimizerStateReader {

  /** In LossScaleOptimizer of Keras 3, before the variables of the inner optimizer. */
  private static final List<String> LOSS_SCALE =
      List.of("", "", OptimizerState.STEP_COUNTER, OptimizerState.DYNAMIC_SCALE);

  private final LayerTable table;
  private final StoredWeights form;
  private final OptimizerLine line;

  OptimizerStateReader(LayerTable table, StoredWeights form, OptimizerLine line) {
    this.table = table;
    this.form = form;
    this.line = line;
  }

  OptimizerState read(Compilation compilation, List<WeightId> weights, List<WeightRef> variables)
      throws UnmatchedStateException {
    Optimizer optimizer = compilation.optimizer();
    Map<String, WeightRef> scalars = new LinkedHashMap<>();
    List<WeightRef> own = variables;
    if (optimizer instanceof LossScaleOptimizer scaled) {
      optimizer = scaled.innerOptimizer();
      if (line == OptimizerLine.KERAS_3) {
        own = withoutLossScale(variables, scalars);
      }
    }
    if (!(optimizer instanceof GradientOptimizer known)) {
      throw new UnmatchedStateException(
          optimizer == null
              ? "variables of an optimizer that the configuration does not name"
              : "the optimizer " + TrainingCatalog.className(optimizer) + ", which is not known");
    }
    return read(known, weights, own, scalars);
  }

  private static List<WeightRef> withoutLossScale(
      List<WeightRef> variables, Map<String, WeightRef> scalars) throws UnmatchedStateException {
    int count = LOSS_SCALE.size();
    if (variables.size() < count) {
      throw new UnmatchedStateException(variables.size() + " variables");
    }
    for (int i = 0; i < count; i++) {
      if (!LOSS_SCALE.get(i).isEmpty()) {
        scalars.put(LOSS_SCALE.get(i), variables.get(i));
      }
    }
    return variables.subList(count, variables.size());
  }

  private OptimizerState read(
      GradientOptimizer optimizer,
      List<WeightId> weights,
      List<WeightRef> variables,
      Map<String, WeightRef> scalars)
      throws UnmatchedStateException {
    OptimizerLayout layout = new OptimizerLayout(optimizer, line, stored(weights));
    for (List<Entry> candidate : layout.candidates()) {
      if (candidate.size() == variables.size()) {
        Reading reading = new Reading(optimizer, weights, scalars);
        if (reading.take(candidate, variables)) {
          return reading.state();
        }
      }
    }
    throw new UnmatchedStateException(
        variables.size()
            + " variables of "
            + TrainingCatalog.className(optimizer)
            + " for "
            + weights.size()
            + " weights, of numbers or shapes that do not fit");
  }

  /** The arrays that stand in the file for the weights, in the same order. */
  private List<OptimizerLayout.Stored> stored(List<WeightId> weights)
      throws UnmatchedStateException {
    List<OptimizerLayout.Stored> stored = new ArrayList<>();
    for (int start = 0; start < weights.size(); ) {
      LayerId id = weights.get(start).layer();
      int end = start;
      while (end < weights.size() && weights.get(end).layer().equals(id)) {
        end++;
      }
      Set<String> names =
          weights.subList(start, end).stream().map(WeightId::weight).collect(Collectors.toSet());
      List<WeightSpec> specs =
          table.expected(id).orElse(List.of()).stream()
              .filter(spec -> names.contains(spec.name()))
              .toList();
      for (String key : form.keys(table.get(id).layer(), specs)) {
        @Nullable WeightRef weight = table.get(id).weights().get(key);
        stored.add(
            new OptimizerLayout.Stored(
                id,
                key,
                weight == null
                    ? null
                    : new TrainedWeight(table.get(id).name() + "/" + key, weight.type().shape())));
      }
      start = end;
    }
    if (form.keras1()) {
      // All of its versions sort what they train by name.
      stored.sort(Comparator.comparing(array -> table.storedName(array.layer(), array.key())));
    }
    return stored;
  }

  /** One attempt to read a list of variables. */
  private final class Reading {
    private final GradientOptimizer optimizer;
    private final List<WeightId> weights;
    private final Map<String, WeightRef> scalars;
    private final Map<WeightId, Map<String, WeightRef>> slots = new LinkedHashMap<>();
    private @Nullable WeightRef iterations;
    private @Nullable WeightRef learningRate;

    Reading(GradientOptimizer optimizer, List<WeightId> weights, Map<String, WeightRef> scalars) {
      this.optimizer = optimizer;
      this.weights = weights;
      this.scalars = new LinkedHashMap<>(scalars);
    }

    /** Whether the variables have the shapes that the entries ask for. */
    boolean take(List<Entry> entries, List<WeightRef> variables) throws UnmatchedStateException {
      Map<String, Map<LayerId, Map<String, WeightRef>>> bySlot = new LinkedHashMap<>();
      for (int i = 0; i < entries.size(); i++) {
        WeightRef variable = variables.get(i);
        Entry entry = entries.get(i);
        if (entry.stored() != null) {
          bySlot
              .computeIfAbsent(entry.name(), name -> new LinkedHashMap<>())
              .computeIfAbsent(entry.stored().layer(), id -> new LinkedHashMap<>())
              .put(entry.stored().key(), variable);
        } else if (!entry.name().isEmpty()) {
          if (variable.type().rank() != 0) {
            return false;
          }
          scalar(entry.name(), variable);
        }
      }
      for (var slot : bySlot.entrySet()) {
        if (!takeSlot(slot.getKey(), slot.getValue())) {
          return false;
        }
      }
      return true;
    }

    private void scalar(String name, WeightRef variable) {
      switch (name) {
        case OptimizerLayout.ITERATIONS -> iterations = variable;
        case OptimizerLayout.LEARNING_RATE -> learningRate = variable;
        default -> scalars.put(name, variable);
      }
    }

    private boolean takeSlot(String slot, Map<LayerId, Map<String, WeightRef>> byLayer)
        throws UnmatchedStateException {
      for (WeightId id : weights) {
        Map<String, WeightRef> stored = byLayer.getOrDefault(id.layer(), Map.of());
        WeightRef weight = table.get(id.layer()).weights().get(id.weight());
        if (weight == null) {
          throw new UnmatchedStateException("no weight '" + id.weight() + "'");
        }
        Layer layer = table.get(id.layer()).layer();
        refuseTwoBiases(layer, table.get(id.layer()).weights(), stored);
        WeightRef own = form.toPlain(layer, stored).get(id.weight());
        if (own == null) {
          // Muon and Adafactor do not keep the same for all weights.
          continue;
        }
        TrainedWeight trained =
            new TrainedWeight(
                table.get(id.layer()).name() + "/" + id.weight(), weight.type().shape());
        if (!own.type().shape().equals(expected(slot, trained))) {
          return false;
        }
        slots.computeIfAbsent(id, key -> new LinkedHashMap<>()).put(slot, own);
      }
      return true;
    }

    private Shape expected(String slot, TrainedWeight weight) {
      boolean common = optimizer.options().slots().stream().anyMatch(g -> g.contains(slot));
      return common ? weight.shape() : optimizer.slotShape(slot, weight);
    }

    OptimizerState state() {
      WeightRef steps = iterations;
      if (optimizer instanceof Nadam nadam && steps != null) {
        scalars.computeIfAbsent(
            OptimizerState.MOMENTUM_PRODUCT, name -> momentumProduct(nadam, steps));
      }
      return new OptimizerState(iterations, learningRate, scalars, slots, Map.of());
    }
  }

  /** cuDNN's LSTM trains two biases where the layer has their sum, which goes two steps at once. */
  private static void refuseTwoBiases(
      Layer layer, Map<String, WeightRef> weights, Map<String, WeightRef> stored)
      throws UnmatchedStateException {
    WeightRef bias = weights.get("bias");
    WeightRef kept = stored.get("bias");
    if (layer instanceof Lstm && bias != null && kept != null && kept.count() > bias.count()) {
      throw new UnmatchedStateException("two biases of a CuDNNLSTM, which were trained apart");
    }
  }

  /** The product of Nadam's momenta so far, which only Keras 3 and legacy tf.keras store. */
  private static WeightRef momentumProduct(Nadam nadam, WeightRef iterations) {
    return WeightRef.mapped(
        DataType.FLOAT32,
        steps -> {
          double product = 1;
          for (long t = 1; t <= steps[0] && product > 0; t++) {
            product *= nadam.beta1() * (1 - 0.5 * Math.pow(0.96, t * nadam.scheduleDecay()));
          }
          return product;
        },
        List.of(iterations));
  }
}
