package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.Adamax;
import io.github.weighbridge.formats.dl4j.Dl4jFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * DL4J's updaters as Keras's optimizers, by the rules that ND4J 1.0.0-M2.1 computes: AdaMax divides
 * without an epsilon, AdaGrad and RmsProp add it behind the root, Nadam has no schedule of its
 * momentum.
 */
final class Updaters {

  /**
   * An updater.
   *
   * @param optimizer in Keras 3's words, and of what Keras computes otherwise in canonical ones
   * @param slots what is kept for each number, in DL4J's order, by Keras's names
   */
  record Known(Tree.Obj optimizer, List<String> slots) {
    /** Copies the list. */
    Known {
      slots = List.copyOf(slots);
    }
  }

  /** What updaters say in numbers, beside the learning rate. */
  private static final List<String> NUMBERS =
      List.of("beta1", "beta2", "epsilon", "momentum", "rho", "rmsDecay");

  private Updaters() {}

  /** The optimizer that an updater is; nothing if Keras has none of the kind, or it is damaged. */
  static Optional<Known> of(Tree.Obj updater) {
    if (!NUMBERS.stream().allMatch(key -> isNumber(updater, key))) {
      return Optional.empty();
    }
    Optional<Tree> rate = rate(updater);
    Tree.Obj empty = Tree.object();
    return switch (Dl4jVertex.simpleClass(updater)) {
      case "Sgd" -> known("SGD", rate, empty);
      case "Nesterovs" ->
          updater.object("momentumISchedule").isPresent()
              ? Optional.empty()
              : known(
                  "SGD",
                  rate,
                  empty
                      .with("momentum", number(updater, "momentum", 0.9))
                      .with("nesterov", Tree.of(true)),
                  "momentum");
      case "Adam" -> known("Adam", rate, averaged(updater), "momentum", "velocity");
      case "AMSGrad" ->
          known(
              "Adam",
              rate,
              averaged(updater).with("amsgrad", Tree.of(true)),
              "momentum",
              "velocity",
              "velocity_hat");
      case "AdaMax" ->
          known(
              "Adamax",
              rate,
              averaged(updater).with("epsilon", Tree.of(Adamax.NO_EPSILON)),
              "momentum",
              "norm");
      case "Nadam" ->
          known(
              "Nadam",
              rate,
              averaged(updater).with("scheduled", Tree.of(false)),
              "momentum",
              "velocity");
      case "AdaGrad" ->
          known(
              "Adagrad",
              rate,
              empty
                  .with("epsilon", number(updater, "epsilon", 1e-6))
                  .with("initial_accumulator_value", number(updater, "epsilon", 1e-6))
                  .with("epsilon_in_root", Tree.of(false)),
              "accumulator");
      case "RmsProp" ->
          known(
              "RMSprop",
              rate,
              empty
                  .with("epsilon", number(updater, "epsilon", 1e-8))
                  .with("rho", number(updater, "rmsDecay", 0.95))
                  .with("epsilon_in_root", Tree.of(false)),
              "velocity");
      case "AdaDelta" ->
          known(
              "Adadelta",
              Optional.of(Tree.of(1.0)),
              empty
                  .with("epsilon", number(updater, "epsilon", 1e-6))
                  .with("rho", number(updater, "rho", 0.95)),
              "accumulated_grad",
              "accumulated_delta_var");
      default -> Optional.empty();
    };
  }

  private static boolean isNumber(Tree.Obj updater, String key) {
    Tree value = updater.get(key).orElse(Tree.none());
    return value.isNull() || value.asDouble().filter(Double::isFinite).isPresent();
  }

  private static Tree.Obj averaged(Tree.Obj updater) {
    return Tree.object()
        .with("beta_1", number(updater, "beta1", 0.9))
        .with("beta_2", number(updater, "beta2", 0.999))
        .with("epsilon", number(updater, "epsilon", 1e-8));
  }

  private static Optional<Known> known(
      String name, Optional<Tree> rate, Tree.Obj config, String... slots) {
    return rate.map(
        own -> new Known(object(name, config.with("learning_rate", own)), List.of(slots)));
  }

  private static Tree.Obj object(String name, Tree.Obj config) {
    return Tree.object().with("class_name", Tree.of(name)).with("config", config);
  }

  private static Tree number(Tree.Obj object, String key, double absent) {
    return Tree.of(value(object, key, absent));
  }

  private static double value(Tree.Obj object, String key, double absent) {
    return object.get(key).flatMap(Tree::asDouble).orElse(absent);
  }

  /** A number or a schedule; nothing if it is neither. */
  private static Optional<Tree> rate(Tree.Obj updater) {
    Optional<Tree.Obj> schedule = updater.object("learningRateSchedule");
    if (schedule.isPresent()) {
      Tree known = schedule(schedule.get());
      return known == null ? ofDl4j(schedule.get()) : Optional.of(known);
    }
    return updater
        .get("learningRate")
        .flatMap(Tree::asDouble)
        .filter(Double::isFinite)
        .map(Tree::of);
  }

  /** A schedule that Keras has not, as the file has it. */
  private static Optional<Tree> ofDl4j(Tree.Obj schedule) {
    boolean ofDl4j = schedule.text(Dl4jVertex.CLASS).orElse("").startsWith(Dl4jFile.SCHEDULES);
    return ofDl4j
        ? Optional.of(object(Dl4jVertex.simpleClass(schedule), schedule))
        : Optional.empty();
  }

  private static @Nullable Tree schedule(Tree.Obj schedule) {
    String name = Dl4jVertex.simpleClass(schedule);
    double initial = value(schedule, "initialValue", 0);
    if (name.equals("FixedSchedule")) {
      return number(schedule, "value", 0);
    }
    if (!schedule.text("scheduleType").orElse("").equals("ITERATION")) {
      return null;
    }
    return switch (name) {
      case "ExponentialSchedule" ->
          decay("ExponentialDecay", initial, 1, value(schedule, "gamma", 1), false);
      case "StepSchedule" ->
          decay(
              "ExponentialDecay",
              initial,
              value(schedule, "step", 1),
              value(schedule, "decayRate", 1),
              true);
      case "InverseSchedule" ->
          value(schedule, "power", 1) == 1
              ? decay("InverseTimeDecay", initial, 1, value(schedule, "gamma", 0), false)
              : null;
      case "MapSchedule" -> pieces(schedule.object("values").orElse(Tree.object()));
      default -> null;
    };
  }

  private static Tree decay(
      String name, double initial, double steps, double rate, boolean staircase) {
    return object(
        name,
        Tree.object()
            .with("initial_learning_rate", Tree.of(initial))
            .with("decay_steps", Tree.of(steps))
            .with("decay_rate", Tree.of(rate))
            .with("staircase", Tree.of(staircase)));
  }

  /** DL4J's pieces hold from their step on, Keras's up to their boundary. */
  private static @Nullable Tree pieces(Tree.Obj values) {
    TreeMap<Long, Double> starts = new TreeMap<>();
    for (Map.Entry<String, Tree> value : values.members().entrySet()) {
      if (!value.getKey().matches("[0-9]{1,18}") || value.getValue().asDouble().isEmpty()) {
        return null;
      }
      starts.put(Long.valueOf(value.getKey()), value.getValue().asDouble().get());
    }
    if (starts.isEmpty() || starts.firstKey() != 0) {
      return null;
    }
    List<Long> boundaries = new ArrayList<>();
    starts.tailMap(0L, false).keySet().forEach(start -> boundaries.add(start - 1));
    return object(
        "PiecewiseConstantDecay",
        Tree.object()
            .with("boundaries", Tree.of(boundaries))
            .with("values", Tree.of(new ArrayList<>(starts.values()))));
  }
}
