package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.LearningRate;
import io.github.weighbridge.core.training.Schedule;
import io.github.weighbridge.formats.dl4j.Dl4jFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keras's schedules in DL4J's words, where DL4J has one of exactly the same values. Its
 * PolySchedule, which falls in its documentation, rises in 1.0.0-M2.1.
 */
final class Schedules {

  private Schedules() {}

  /** DL4J's schedule, counted in steps; nothing if it has none of these values. */
  static Optional<Dl4jObject> of(LearningRate rate) {
    if (rate instanceof Schedule.ExponentialDecay decay) {
      return Optional.of(exponential(decay));
    }
    if (rate instanceof Schedule.InverseTimeDecay decay && !decay.staircase()) {
      return Optional.of(
          counted("InverseSchedule")
              .with("gamma", decay.decayRate() / decay.decaySteps())
              .with("initialValue", decay.initialLearningRate())
              .with("power", 1.0));
    }
    if (rate instanceof Schedule.PiecewiseConstantDecay pieces) {
      return Optional.of(pieces(pieces));
    }
    return rate instanceof Schedule.Custom custom ? ofDl4j(custom) : Optional.empty();
  }

  /** A schedule of DL4J that Keras has not, as it was read. */
  private static Optional<Dl4jObject> ofDl4j(Schedule.Custom custom) {
    Tree.Obj config = custom.written().object("config").orElse(Tree.object());
    Optional<String> name =
        config.text(Dl4jObject.CLASS).filter(own -> own.startsWith(Dl4jFile.SCHEDULES));
    return name.map(
        own -> {
          Dl4jObject schedule = Dl4jObject.of(own);
          config.without(Dl4jObject.CLASS).members().forEach(schedule::with);
          return schedule;
        });
  }

  private static Dl4jObject exponential(Schedule.ExponentialDecay decay) {
    return decay.staircase()
        ? counted("StepSchedule")
            .with("decayRate", decay.decayRate())
            .with("initialValue", decay.initialLearningRate())
            .with("step", decay.decaySteps())
        : counted("ExponentialSchedule")
            .with("gamma", Math.pow(decay.decayRate(), 1 / decay.decaySteps()))
            .with("initialValue", decay.initialLearningRate());
  }

  /** Keras's pieces hold up to their boundary, DL4J's from their step on. */
  private static Dl4jObject pieces(Schedule.PiecewiseConstantDecay pieces) {
    Map<Integer, Double> starts = new TreeMap<>();
    starts.put(0, pieces.values().get(0));
    for (int i = 0; i < pieces.boundaries().size(); i++) {
      starts.put((int) Math.floor(pieces.boundaries().get(i)) + 1, pieces.values().get(i + 1));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    starts.forEach((step, value) -> values.put(Integer.toString(step), value));
    return counted("MapSchedule").with("values", values);
  }

  private static Dl4jObject counted(String name) {
    return Dl4jObject.of(Dl4jFile.SCHEDULES + name).with("scheduleType", "ITERATION");
  }

  /** The same at every step. */
  static Dl4jObject fixed(double value) {
    return Dl4jObject.of(Dl4jFile.SCHEDULES + "FixedSchedule").with("value", value);
  }
}
