package io.github.weighbridge.formats.keras.dialect;

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

  private static final List<String> ONLY_KERAS_3 = List.of("gradient_accumulator", UNUSED);

  /**
   * A variable.
   *
   * @param name Keras 3's name of its kind, or {@link #UNUSED}
   * @param weight the index of the weight that it is kept for
   */
  public record Slot(String name, int weight) {}

  private OptimizerOrder() {}

  /**
   * The variables for weights, in order.
   *
   * @param className of the optimizer
   * @param groups the variables of each weight, in groups, as Keras 3 has them
   */
  public static List<Slot> slots(
      OptimizerLine line, String className, List<List<List<String>>> groups) {
    List<List<List<String>>> own =
        groups.stream().map(weight -> ofLine(line, className, weight)).toList();
    int count = own.stream().mapToInt(List::size).max().orElse(0);
    List<Slot> slots = new ArrayList<>();
    for (int group = 0; group < count; group++) {
      for (int i = 0; i < own.size(); i++) {
        if (group < own.get(i).size()) {
          for (String name : own.get(i).get(group)) {
            slots.add(new Slot(name, i));
          }
        }
      }
    }
    return slots;
  }

  private static List<List<String>> ofLine(
      OptimizerLine line, String className, List<List<String>> keras3) {
    if (line == OptimizerLine.KERAS_3) {
      return keras3;
    }
    List<List<String>> groups = new ArrayList<>();
    for (List<String> group : keras3) {
      List<String> kept = group.stream().filter(name -> !ONLY_KERAS_3.contains(name)).toList();
      if (!kept.isEmpty()) {
        groups.add(kept);
      }
    }
    boolean moves = groups.stream().anyMatch(group -> group.contains("momentum"));
    if (className.equals("SGD") && !moves && line != OptimizerLine.TF_LEGACY) {
      groups.add(List.of(UNUSED));
    }
    boolean together =
        line == OptimizerLine.TF_NEW
            || (line == OptimizerLine.TF_LEGACY && className.equals("Ftrl"));
    return together ? groups : groups.stream().flatMap(List::stream).map(List::of).toList();
  }
}
