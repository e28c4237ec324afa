package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.training.Adafactor;
import io.github.weighbridge.core.training.Adam;
import io.github.weighbridge.core.training.Ftrl;
import io.github.weighbridge.core.training.GradientOptimizer;
import io.github.weighbridge.core.training.LearningRate;
import io.github.weighbridge.core.training.Nadam;
import io.github.weighbridge.core.training.Sgd;
import io.github.weighbridge.core.training.TrainedWeight;
import io.github.weighbridge.formats.keras.dialect.OptimizerLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of an optimizer's variables in files: numbers first (the steps, the learning rate),
 * then what is kept for the weights.
 *
 * <ul>
 *   <li>Keras 3: iteration, learning_rate unless it is a schedule; the variables of a group stand
 *       together for each weight. Nadam's u_product is the last, before Keras 3.3 the first behind
 *       the numbers.
 *   <li>New optimizers of tf.keras: iteration; groups likewise. SGD always has a momentum.
 *   <li>Legacy ones: iter; all variables of one kind, then all of the next, but for Ftrl. Nadam's
 *       momentum_cache follows iter.
 *   <li>Keras 1 and multi-backend 2: kind by kind too. RMSprop, Adagrad and Adadelta begin with
 *       iterations from 2.3 on only, Nadam has m_schedule from then on. SGD always has a momentum.
 *       Adam has a third kind from 2.1.3 on, of one zero each unless AMSGrad is on.
 * </ul>
 */
final class OptimizerLayout {

  static final String ITERATIONS = "iterations";
  static final String LEARNING_RATE = "learning_rate";

  /** Variables that mean nothing. */
  private static final String IGNORED = "";

  /**
   * An array that stands in the file for a weight or a part of it.
   *
   * @param weight null if it is a part
   */
  record Stored(LayerId layer, String key, @Nullable TrainedWeight weight) {}

  /**
   * One variable.
   *
   * @param name of the number or of the kind; empty if it is ignored
   * @param stored for which array it is kept; null for numbers and what is ignored
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
    addGroups(plain);
    List<List<Entry>> possible = new ArrayList<>(List.of(plain));
    if (optimizer instanceof Sgd sgd && sgd.momentum() == 0) {
      possible.add(withIgnored(plain));
    }
    if (optimizer instanceof Adam && line == OptimizerLine.MULTI_BACKEND) {
      possible.add(withIgnored(plain));
    }
    if (!plain.isEmpty()) {
      // Of an optimizer that has not made a step.
      possible.add(List.of());
    }
    return possible;
  }

  private List<Entry> withIgnored(List<Entry> entries) {
    List<Entry> more = new ArrayList<>(entries);
    stored.forEach(array -> more.add(new Entry(IGNORED, null)));
    return more;
  }

  private void addGroups(List<Entry> entries) {
    List<List<List<String>>> byArray = stored.stream().map(this::groups).toList();
    int count = byArray.stream().mapToInt(List::size).max().orElse(0);
    for (int group = 0; group < count; group++) {
      for (int i = 0; i < stored.size(); i++) {
        if (group < byArray.get(i).size()) {
          for (String name : byArray.get(i).get(group)) {
            entries.add(new Entry(name, stored.get(i)));
          }
        }
      }
    }
  }

  private List<List<String>> groups(Stored array) {
    List<List<String>> groups = new ArrayList<>(optimizer.options().slots());
    TrainedWeight weight =
        array.weight() == null
            ? new TrainedWeight(array.key(), Shape.of(new long[0]))
            : array.weight();
    // tf.keras keeps no row and column of a vector, Keras 3 has a number in their places.
    boolean whole =
        optimizer instanceof Adafactor && line == OptimizerLine.TF_NEW && weight.shape().rank() < 2;
    groups.addAll(whole ? List.of(List.of("velocity")) : optimizer.slots(weight));
    boolean kindByKind =
        line == OptimizerLine.MULTI_BACKEND
            || (line == OptimizerLine.TF_LEGACY && !(optimizer instanceof Ftrl));
    return kindByKind ? groups.stream().flatMap(List::stream).map(List::of).toList() : groups;
  }
}
