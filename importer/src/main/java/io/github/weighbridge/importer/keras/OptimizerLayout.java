package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.training.Adam;
import io.github.weighbridge.core.training.GradientOptimizer;
import io.github.weighbridge.core.training.LearningRate;
import io.github.weighbridge.core.training.Nadam;
import io.github.weighbridge.core.training.TrainedWeight;
import io.github.weighbridge.core.training.TrainingCatalog;
import io.github.weighbridge.formats.keras.dialect.OptimizerLine;
import io.github.weighbridge.formats.keras.dialect.OptimizerOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variables of an optimizer as files have them: numbers first, then what is kept for the
 * weights, which {@link OptimizerOrder} knows.
 *
 * <ul>
 *   <li>Keras 3: iteration, learning_rate unless it is a schedule. Nadam's u_product is the last,
 *       in its first versions the first behind the numbers.
 *   <li>New optimizers of tf.keras: iteration.
 *   <li>Legacy ones: iter; Nadam's momentum_cache follows it.
 *   <li>Keras 1 and multi-backend 2: iterations, which RMSprop, Adagrad and Adadelta have from 2.3
 *       on only; so has Nadam its m_schedule. Adam has a third kind from 2.1.3 on, of one zero each
 *       unless AMSGrad is on.
 * </ul>
 */
final class OptimizerLayout {

  static final String ITERATIONS = "iterations";
  static final String LEARNING_RATE = "learning_rate";

  /**
   * An array that stands in the file for a weight or a part of it.
   *
   * @param weight null if it is a part
   */
  record Stored(LayerId layer, String key, @Nullable TrainedWeight weight) {}

  /**
   * One variable.
   *
   * @param name of the number or of the kind; empty if it is unused
   * @param stored for which array it is kept; null for numbers and what is unused
   */
  record Entry(String name, @Nullable Stored stored) {}

  private final GradientOptimizer optimizer;
  private final OptimizerLine line;
  private final List<Stored> stored;

  OptimizerLayout(GradientOptimizer optimizer, OptimizerLine line, List<Stored> stored) {
    this.optimizer = optimizer;
    this.line = line;
    this.stored = stored;
  }

  /** The orders that are possible, the likeliest first. */
  List<List<Entry>> candidates() {
    List<List<Entry>> candidates = new ArrayList<>();
    for (List<String> head : heads()) {
      for (List<Entry> slots : slots()) {
        candidates.add(joined(head, slots, List.of()));
        if (line == OptimizerLine.KERAS_3 && optimizer instanceof Nadam) {
          candidates.add(joined(head, slots, List.of(OptimizerState.MOMENTUM_PRODUCT)));
        }
      }
    }
    return candidates;
  }

  private static List<Entry> joined(List<String> head, List<Entry> slots, List<String> tail) {
    List<Entry> entries = new ArrayList<>();
    head.forEach(name -> entries.add(new Entry(name, null)));
    entries.addAll(slots);
    tail.forEach(name -> entries.add(new Entry(name, null)));
    return entries;
  }

  private List<List<String>> heads() {
    List<String> steps = List.of(ITERATIONS);
    List<String> both = List.of(ITERATIONS, LEARNING_RATE);
    List<List<String>> heads = new ArrayList<>();
    switch (line) {
      case KERAS_3, TF_NEW -> {
        boolean fixed = optimizer.options().learningRate() instanceof LearningRate.Fixed;
        heads.addAll(
            fixed && line == OptimizerLine.KERAS_3 ? List.of(both, steps) : List.of(steps, both));
      }
      case TF_LEGACY -> heads.add(steps);
      case MULTI_BACKEND -> heads.addAll(List.of(steps, List.of()));
    }
    if (optimizer instanceof Nadam) {
      for (List<String> head : List.copyOf(heads)) {
        List<String> longer = new ArrayList<>(head);
        longer.add(OptimizerState.MOMENTUM_PRODUCT);
        heads.add(longer);
      }
    }
    return heads;
  }

  private List<List<Entry>> slots() {
    List<Entry> plain = new ArrayList<>();
    List<List<List<String>>> groups =
        stored.stream().map(array -> optimizer.allSlots(weight(array))).toList();
    String className = TrainingCatalog.className(optimizer);
    for (OptimizerOrder.Slot slot : OptimizerOrder.slots(line, className, groups)) {
      boolean unused = slot.name().equals(OptimizerOrder.UNUSED);
      plain.add(new Entry(slot.name(), unused ? null : stored.get(slot.weight())));
    }
    List<List<Entry>> possible = new ArrayList<>(List.of(plain));
    if (optimizer instanceof Adam && line == OptimizerLine.MULTI_BACKEND) {
      List<Entry> more = new ArrayList<>(plain);
      stored.forEach(array -> more.add(new Entry(OptimizerOrder.UNUSED, null)));
      possible.add(more);
    }
    if (!plain.isEmpty()) {
      // Of an optimizer that has not made a step.
      possible.add(List.of());
    }
    return possible;
  }

  /** Parts of weights belong to optimizers that keep the same for all. */
  private static TrainedWeight weight(Stored array) {
    return array.weight() == null
        ? new TrainedWeight(array.key(), Shape.of(new long[0]))
        : array.weight();
  }
}
