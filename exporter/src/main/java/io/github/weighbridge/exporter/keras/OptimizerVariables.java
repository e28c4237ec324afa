package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.model.TrainedWeights;
import io.github.weighbridge.core.model.WeightId;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.GradientOptimizer;
import io.github.weighbridge.core.training.LearningRate;
import io.github.weighbridge.core.training.LossScaleOptimizer;
import io.github.weighbridge.core.training.Nadam;
import io.github.weighbridge.core.training.Optimizer;
import io.github.weighbridge.core.training.RmsProp;
import io.github.weighbridge.core.training.Sgd;
import io.github.weighbridge.core.training.TrainedWeight;
import io.github.weighbridge.core.training.TrainingCatalog;
import io.github.weighbridge.formats.keras.NamedWeight;
import io.github.weighbridge.formats.keras.dialect.OptimizerLine;
import io.github.weighbridge.formats.keras.dialect.OptimizerOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of an optimizer in the order in which a line of Keras makes them, and reads them
 * back. Names are as each line gives them; only the order counts, and that no two are alike.
 */
final class OptimizerVariables {

  private final Model model;
  private final OptimizerState state;
  private final OptimizerLine line;
  private final List<NamedWeight> variables = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  OptimizerVariables(Model model, OptimizerState state, OptimizerLine line) {
    this.model = model;
    this.state = state;
    this.line = line;
  }

  /** Those of an optimizer; nothing if the state lacks one of them. */
  Optional<List<NamedWeight>> of(Optimizer optimizer) {
    Optimizer inner = optimizer;
    if (optimizer instanceof LossScaleOptimizer scaled) {
      inner = scaled.innerOptimizer();
      if (line == OptimizerLine.KERAS_3) {
        addLossScale(scaled);
      }
    }
    return inner instanceof GradientOptimizer own && addAll(own)
        ? Optional.of(List.copyOf(variables))
        : Optional.empty();
  }

  private void addLossScale(LossScaleOptimizer optimizer) {
    String name = optimizer.name() + "/";
    add(name + "iteration", WeightRef.filled(DataType.INT64, 0));
    add(name + "learning_rate", WeightRef.filled(DataType.FLOAT32, 0));
    add(name + "step_counter", scalar(OptimizerState.STEP_COUNTER, DataType.INT64, 0));
    add(
        name + "dynamic_scale",
        scalar(OptimizerState.DYNAMIC_SCALE, DataType.FLOAT32, optimizer.initialScale()));
  }

  private WeightRef scalar(String name, DataType dtype, double otherwise) {
    WeightRef own = state.scalars().get(name);
    return own == null ? WeightRef.filled(dtype, otherwise) : own.cast(dtype);
  }

  private boolean addAll(GradientOptimizer optimizer) {
    String name = optimizer.options().name();
    addNumbers(optimizer, name);
    List<WeightId> ids = TrainedWeights.of(model).weights();
    List<TrainedWeight> weights = new ArrayList<>();
    for (WeightId id : ids) {
      LayerInstance layer = model.layer(id.layer());
      @Nullable WeightRef weight = layer.weights().get(id.weight());
      if (weight == null) {
        return false;
      }
      weights.add(new TrainedWeight(layer.name() + "/" + id.weight(), weight.type().shape()));
    }
    List<List<List<String>>> groups = weights.stream().map(optimizer::allSlots).toList();
    String className = TrainingCatalog.className(optimizer);
    for (OptimizerOrder.Slot slot : OptimizerOrder.slots(line, className, groups)) {
      TrainedWeight weight = weights.get(slot.weight());
      Optional<WeightRef> kept = slot(optimizer, slot.name(), ids.get(slot.weight()), weight);
      if (kept.isEmpty()) {
        return false;
      }
      add(slotName(optimizer, name, slot.name(), weight), kept.get());
    }
    if (optimizer instanceof Nadam && line == OptimizerLine.KERAS_3) {
      add(name + "/variable", scalar(OptimizerState.MOMENTUM_PRODUCT, DataType.FLOAT32, 1));
    }
    return true;
  }

  private void addNumbers(GradientOptimizer optimizer, String name) {
    WeightRef steps =
        state.iterations() == null
            ? WeightRef.filled(DataType.INT64, 0)
            : state.iterations().cast(DataType.INT64);
    switch (line) {
      case KERAS_3 -> {
        add(name + "/iteration", steps);
        if (optimizer.options().learningRate() instanceof LearningRate.Fixed fixed) {
          add(
              name + "/learning_rate",
              state.learningRate() == null
                  ? WeightRef.filled(DataType.FLOAT32, fixed.value())
                  : state.learningRate());
        }
      }
      case TF_NEW -> add("iteration:0", steps);
      case TF_LEGACY, MULTI_BACKEND -> {
        add(name + "/iter:0", steps);
        if (optimizer instanceof Nadam) {
          add(
              name + "/momentum_cache:0",
              scalar(OptimizerState.MOMENTUM_PRODUCT, DataType.FLOAT32, 1));
        }
      }
    }
  }

  private Optional<WeightRef> slot(
      GradientOptimizer optimizer, String slot, WeightId id, TrainedWeight weight) {
    if (slot.equals(OptimizerOrder.UNUSED)) {
      // A number in Keras 3, elsewhere a momentum that is not used.
      return Optional.of(
          line == OptimizerLine.KERAS_3
              ? WeightRef.filled(DataType.INT32, 0)
              : WeightRef.filled(DataType.FLOAT32, 0, weight.shape().sizes()));
    }
    boolean common = optimizer.options().slots().stream().anyMatch(g -> g.contains(slot));
    Shape needed = common ? weight.shape() : optimizer.slotShape(slot, weight);
    return state.slot(id, slot).filter(kept -> kept.type().shape().equals(needed));
  }

  private String slotName(
      GradientOptimizer optimizer, String name, String slot, TrainedWeight weight) {
    return switch (line) {
      case KERAS_3 -> name + "/" + weight.path().replace('/', '_') + "_" + slot;
      case TF_NEW -> name + "/" + tfName(optimizer, slot) + "/" + weight.path() + ":0";
      case TF_LEGACY, MULTI_BACKEND ->
          name + "/" + weight.path() + "/" + legacyName(optimizer, slot) + ":0";
    };
  }

  private static String tfName(GradientOptimizer optimizer, String slot) {
    if (optimizer instanceof RmsProp) {
      return slot;
    }
    return switch (slot) {
      case "momentum", OptimizerOrder.UNUSED -> "m";
      case "velocity" -> "v";
      case "velocity_hat" -> "vhat";
      case "norm" -> "u";
      case "row" -> "r";
      case "column" -> "c";
      default -> slot;
    };
  }

  private static String legacyName(GradientOptimizer optimizer, String slot) {
    boolean whole = optimizer instanceof RmsProp || optimizer instanceof Sgd;
    return switch (slot) {
      case "momentum" -> whole ? slot : "m";
      case "velocity" -> whole ? "rms" : "v";
      case "velocity_hat" -> "vhat";
      case "norm" -> "v";
      case "average_gradient" -> "mg";
      case "accumulated_grad" -> "accum_grad";
      case "accumulated_delta_var" -> "accum_var";
      default -> slot;
    };
  }

  private void add(String wanted, WeightRef weight) {
    String name = wanted;
    for (int i = 1; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    variables.add(new NamedWeight(name, weight));
  }
}
