package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigBinder;
import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every optimizer and schedule that is known, by Keras 3's class names, with what fills their
 * records.
 */
public final class TrainingCatalog {

  private static final Map<String, Class<? extends Record>> OPTIMIZERS = new TreeMap<>();
  private static final Map<String, Class<? extends Record>> SCHEDULES = new TreeMap<>();

  static {
    OPTIMIZERS.put("Adadelta", Adadelta.class);
    OPTIMIZERS.put("Adafactor", Adafactor.class);
    OPTIMIZERS.put("Adagrad", Adagrad.class);
    OPTIMIZERS.put("Adam", Adam.class);
    OPTIMIZERS.put("AdamW", AdamW.class);
    OPTIMIZERS.put("Adamax", Adamax.class);
    OPTIMIZERS.put("Ftrl", Ftrl.class);
    OPTIMIZERS.put("Lamb", Lamb.class);
    OPTIMIZERS.put("Lion", Lion.class);
    OPTIMIZERS.put("LossScaleOptimizer", LossScaleOptimizer.class);
    OPTIMIZERS.put("Muon", Muon.class);
    OPTIMIZERS.put("Nadam", Nadam.class);
    OPTIMIZERS.put("RMSprop", RmsProp.class);
    OPTIMIZERS.put("SGD", Sgd.class);
    OPTIMIZERS.put("ScheduleFreeAdamW", ScheduleFreeAdamW.class);

    SCHEDULES.put("CosineDecay", Schedule.CosineDecay.class);
    SCHEDULES.put("CosineDecayRestarts", Schedule.CosineDecayRestarts.class);
    SCHEDULES.put("ExponentialDecay", Schedule.ExponentialDecay.class);
    SCHEDULES.put("InverseTimeDecay", Schedule.InverseTimeDecay.class);
    SCHEDULES.put("PiecewiseConstantDecay", Schedule.PiecewiseConstantDecay.class);
    SCHEDULES.put("PolynomialDecay", Schedule.PolynomialDecay.class);
  }

  private static final ConfigBinder BINDER =
      new ConfigBinder(
          List.of(
              new ConfigType<>(
                  LearningRate.class,
                  "a number or a schedule",
                  TrainingCatalog::learningRate,
                  TrainingCatalog::tree),
              new ConfigType<>(
                  Optimizer.class,
                  "an optimizer",
                  TrainingCatalog::optimizer,
                  TrainingCatalog::tree)));

  private TrainingCatalog() {}

  /** The record of an optimizer's class name. */
  public static Optional<Class<? extends Record>> optimizerType(String className) {
    return Optional.ofNullable(OPTIMIZERS.get(className));
  }

  /** The class name of Keras 3 of an optimizer. */
  public static String className(Optimizer optimizer) {
    return optimizer instanceof CustomOptimizer custom
        ? custom.className()
        : nameOf(OPTIMIZERS, optimizer.getClass());
  }

  private static String nameOf(Map<String, Class<? extends Record>> types, Class<?> type) {
    return types.entrySet().stream()
        .filter(entry -> entry.getValue() == type)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(type + " is not in the catalogue"));
  }

  /**
   * The optimizer that an object in canonical form describes.
   *
   * @return nothing if a problem was found, which then stands among {@code problems}
   */
  static Optional<Optimizer> optimizer(Tree.Obj written, Place place, Problems problems) {
    Optional<Tree> custom = written.get(KerasObject.CUSTOM);
    if (custom.isPresent()) {
      return Optional.of(new CustomOptimizer(KerasObject.name(custom.get()), custom.get()));
    }
    String name = written.text("class_name").orElse("");
    Class<? extends Record> type = OPTIMIZERS.get(name);
    Tree.Obj config = written.object("config").orElse(Tree.object());
    return type == null
        ? Optional.of(new CustomOptimizer(name, written))
        : BINDER.bind(type, config, place.withKey(name), problems).map(Optimizer.class::cast);
  }

  private static Optimizer optimizer(Tree written) {
    Problems problems = new Problems();
    Tree.Obj object =
        written.asObject().orElseThrow(() -> new IllegalArgumentException("not an object"));
    return optimizer(object, Place.UNKNOWN, problems).orElseThrow(() -> first(problems));
  }

  private static IllegalArgumentException first(Problems problems) {
    return new IllegalArgumentException(problems.errors().get(0).toString());
  }

  /** An optimizer in canonical form. */
  public static Tree.Obj tree(Optimizer optimizer) {
    return optimizer instanceof CustomOptimizer custom
        ? Tree.object().with(KerasObject.CUSTOM, custom.written())
        : (Tree.Obj) KerasObject.write(className(optimizer), BINDER.write((Record) optimizer));
  }

  private static LearningRate learningRate(Tree written) {
    if (written.asDouble().isPresent()) {
      return new LearningRate.Fixed(written.asDouble().get());
    }
    Tree.Obj object =
        written.asObject().orElseThrow(() -> new IllegalArgumentException("neither of them"));
    String name = object.text("class_name").orElse("");
    Class<? extends Record> type = SCHEDULES.get(name);
    if (type == null) {
      return new Schedule.Custom(name, object);
    }
    Problems problems = new Problems();
    Tree.Obj config = object.object("config").orElse(Tree.object());
    return (LearningRate)
        BINDER
            .bind(type, config, Place.UNKNOWN.withKey(name), problems)
            .orElseThrow(() -> new IllegalArgumentException(problems.errors().get(0).toString()));
  }

  private static Tree tree(LearningRate rate) {
    if (rate instanceof LearningRate.Fixed fixed) {
      return Tree.of(fixed.value());
    }
    if (rate instanceof Schedule.Custom custom) {
      return custom.written();
    }
    return KerasObject.write(nameOf(SCHEDULES, rate.getClass()), BINDER.write((Record) rate));
  }
}
