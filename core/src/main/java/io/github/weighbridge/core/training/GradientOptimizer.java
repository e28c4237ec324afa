package io.github.weighbridge.core.training;

import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** An optimizer of Keras's own that changes weights by their gradients. */
public sealed interface GradientOptimizer extends Optimizer
    permits Adadelta,
        Adafactor,
        Adagrad,
        Adam,
        AdamW,
        Adamax,
        Ftrl,
        Lamb,
        Lion,
        Muon,
        Nadam,
        RmsProp,
        ScheduleFreeAdamW,
        Sgd {

  /** What all optimizers have. */
  OptimizerOptions options();

  /**
   * The variables that it keeps for a weight, by Keras 3's names. Those of a group stand together
   * for each weight in Keras 3's order of variables, and all of a group before those of the next.
   * An empty name is a variable that means nothing.
   */
  List<List<String>> slots(TrainedWeight weight);

  /** The same, and before them what {@link OptimizerOptions} ask for. */
  default List<List<String>> allSlots(TrainedWeight weight) {
    List<List<String>> all = new ArrayList<>(options().slots());
    all.addAll(slots(weight));
    return List.copyOf(all);
  }

  /** The shape of a variable that it keeps for a weight. */
  default Shape slotShape(String slot, TrainedWeight weight) {
    return weight.shape();
  }
}
