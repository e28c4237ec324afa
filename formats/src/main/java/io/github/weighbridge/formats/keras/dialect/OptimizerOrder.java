package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.training.Adafactor;
import io.github.weighbridge.core.training.Ftrl;
import io.github.weighbridge.core.training.GradientOptimizer;
import io.github.weighbridge.core.training.Sgd;
import io.github.weighbridge.core.training.TrainedWeight;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which optimizers keep their variables for weights, behind the numbers of their own.
 *
 * <ul>
 *   <li>Keras 3 and the new optimizers of tf.keras: the variables of a group together for each
 *       weight, one group after the other.
 *   <li>Keras 1 and 2 and the legacy ones of tf.keras: all variables of one kind, then all of the
 *       next; legacy Ftrl is like the new one.
 *   <li>SGD has a momentum in Keras 1 and 2 and in the new one of tf.keras even where it is 0.
 *   <li>Adafactor of Keras 3 has numbers in place of the row and column of a vector, that of
 *       tf.keras has nothing.
 * </ul>
 */
public final class OptimizerOrder {

  /** Variables that are there and mean nothing. */
  public static final String UNUSED = "";

  /**
   * A variable.
   *
   * @param name Keras 3's name of its kind, or {@link #UNUSED}
   * @param weight the index of the weight that it is kept for
   */
  public record Slot(String name, int weight) {}

  private OptimizerOrder() {}

  /** The variables for weights, in order. */
  public static List<Slot> slots(
      OptimizerLine line, GradientOptimizer optimizer, List<TrainedWeight> weights) {
    List<List<List<String>>> groups =
        weights.stream().map(weight -> groups(line, optimizer, weight)).toList();
    int count = groups.stream().mapToInt(List::size).max().orElse(0);
    List<Slot> slots = new ArrayList<>();
    for (int group = 0; group < count; group++) {
      for (int i = 0; i < groups.size(); i++) {
        if (group < groups.get(i).size()) {
          for (String name : groups.get(i).get(group)) {
            slots.add(new Slot(name, i));
          }
        }
      }
    }
    return slots;
  }

  private static List<List<String>> groups(
      OptimizerLine line, GradientOptimizer optimizer, TrainedWeight weight) {
    List<List<String>> groups = new ArrayList<>(optimizer.options().slots());
    boolean whole =
        optimizer instanceof Adafactor && line == OptimizerLine.TF_NEW && weight.shape().rank() < 2;
    groups.addAll(whole ? List.of(List.of("velocity")) : optimizer.slots(weight));
    boolean always = line == OptimizerLine.TF_NEW || line == OptimizerLine.MULTI_BACKEND;
    if (optimizer instanceof Sgd sgd && sgd.momentum() == 0 && always) {
      groups.add(List.of(UNUSED));
    }
    boolean kindByKind =
        line == OptimizerLine.MULTI_BACKEND
            || (line == OptimizerLine.TF_LEGACY && !(optimizer instanceof Ftrl));
    return kindByKind ? groups.stream().flatMap(List::stream).map(List::of).toList() : groups;
  }
}
