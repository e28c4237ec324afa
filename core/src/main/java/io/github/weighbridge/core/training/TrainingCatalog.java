package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigBinder;
import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every optimizer, schedule, loss and metric that is known, by Keras 3's names, with what fills
 * their records. Losses and metrics have no record of their own: a name and Keras's options.
 */
public final class TrainingCatalog {

  private static final String LOSS_SCALE = "LossScaleOptimizer";

  private static final Map<String, Class<? extends Record>> OPTIMIZERS = new TreeMap<>();
  private static final Map<String, Class<? extends Record>> SCHEDULES = new TreeMap<>();

  /** Functions of losses with the class that computes the same. */
  private static final Map<String, String> LOSSES = new TreeMap<>();

  /** Functions of metrics that are no losses, with the class that computes the same. */
  private static final Map<String, String> METRICS = new TreeMap<>();

  /** Further classes of metrics. */
  private static final Set<String> METRIC_CLASSES =
      new TreeSet<>(
          List.of(
              "AUC",
              "Accuracy",
              "BinaryIoU",
              "F1Score",
              "FBetaScore",
              "FalseNegatives",
              "FalsePositives",
              "IoU",
              "LogCoshError",
              "Mean",
              "MeanIoU",
              "OneHotIoU",
              "OneHotMeanIoU",
              "Precision",
              "PrecisionAtRecall",
              "R2Score",
              "Recall",
              "RecallAtPrecision",
              "RootMeanSquaredError",
              "SensitivityAtSpecificity",
              "SpecificityAtSensitivity",
              "Sum",
              "TrueNegatives",
              "TruePositives"));

  /** Names that Keras resolves by the loss and the shape of the output. */
  private static final Set<String> SHORTCUTS = Set.of("acc", "accuracy", "ce", "crossentropy");

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

    LOSSES.put("binary_crossentropy", "BinaryCrossentropy");
    LOSSES.put("binary_focal_crossentropy", "BinaryFocalCrossentropy");
    LOSSES.put("categorical_crossentropy", "CategoricalCrossentropy");
    LOSSES.put("categorical_focal_crossentropy", "CategoricalFocalCrossentropy");
    LOSSES.put("categorical_generalized_cross_entropy", "CategoricalGeneralizedCrossEntropy");
    LOSSES.put("categorical_hinge", "CategoricalHinge");
    LOSSES.put("circle", "Circle");
    // Keras before 2.3: the mean over the last axis where cosine_similarity has the sum.
    LOSSES.put("cosine_proximity", "CosineProximity");
    LOSSES.put("cosine_similarity", "CosineSimilarity");
    LOSSES.put("ctc", "CTC");
    LOSSES.put("dice", "Dice");
    LOSSES.put("hinge", "Hinge");
    LOSSES.put("huber", "Huber");
    LOSSES.put("kl_divergence", "KLDivergence");
    LOSSES.put("log_cosh", "LogCosh");
    LOSSES.put("mean_absolute_error", "MeanAbsoluteError");
    LOSSES.put("mean_absolute_percentage_error", "MeanAbsolutePercentageError");
    LOSSES.put("mean_squared_error", "MeanSquaredError");
    LOSSES.put("mean_squared_logarithmic_error", "MeanSquaredLogarithmicError");
    LOSSES.put("poisson", "Poisson");
    LOSSES.put("sparse_categorical_crossentropy", "SparseCategoricalCrossentropy");
    LOSSES.put("squared_hinge", "SquaredHinge");
    LOSSES.put("tversky", "Tversky");

    METRICS.put("binary_accuracy", "BinaryAccuracy");
    METRICS.put("categorical_accuracy", "CategoricalAccuracy");
    METRICS.put("concordance_correlation", "ConcordanceCorrelation");
    METRICS.put("pearson_correlation", "PearsonCorrelation");
    METRICS.put("sparse_categorical_accuracy", "SparseCategoricalAccuracy");
    METRICS.put("sparse_top_k_categorical_accuracy", "SparseTopKCategoricalAccuracy");
    METRICS.put("top_k_categorical_accuracy", "TopKCategoricalAccuracy");
  }

  private static final ConfigBinder BINDER =
      new ConfigBinder(
          List.of(
              new ConfigType<>(
                  LearningRate.class,
                  "a number or a schedule",
                  TrainingCatalog::learningRate,
                  TrainingCatalog::tree)));

  private TrainingCatalog() {}

  /** The record of an optimizer's class name, LossScaleOptimizer not among them. */
  public static Optional<Class<? extends Record>> optimizerType(String className) {
    return Optional.ofNullable(OPTIMIZERS.get(className));
  }

  /** Whether a class name is that of an optimizer that is known. */
  public static boolean isOptimizer(String className) {
    return OPTIMIZERS.containsKey(className) || className.equals(LOSS_SCALE);
  }

  /** The record of a schedule's class name. */
  public static Optional<Class<? extends Record>> scheduleType(String className) {
    return Optional.ofNullable(SCHEDULES.get(className));
  }

  /** The class of a loss that is a function's name. */
  public static Optional<String> lossClass(String function) {
    return Optional.ofNullable(LOSSES.get(function));
  }

  /** Whether that is the name of a function or class of losses. */
  public static boolean isLoss(String name) {
    return LOSSES.containsKey(name) || LOSSES.containsValue(name);
  }

  /** The class of a metric that is a function's name. */
  public static Optional<String> metricClass(String function) {
    return Optional.ofNullable(METRICS.get(function)).or(() -> lossClass(function));
  }

  /** Whether that is the name of a function or class of metrics. */
  public static boolean isMetric(String name) {
    return SHORTCUTS.contains(name)
        || METRICS.containsKey(name)
        || METRICS.containsValue(name)
        || METRIC_CLASSES.contains(name)
        || isLoss(name);
  }

  /** The class name of Keras 3 of an optimizer. */
  public static String className(Optimizer optimizer) {
    if (optimizer instanceof CustomOptimizer custom) {
      return custom.className();
    }
    return optimizer instanceof LossScaleOptimizer
        ? LOSS_SCALE
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
    String name = written.text("class_name").orElse("");
    Tree.Obj config = written.object("config").orElse(Tree.object());
    Place own = place.withKey(name);
    if (name.equals(LOSS_SCALE)) {
      Optional<Optimizer> inner =
          optimizer(config.object("inner_optimizer").orElse(Tree.object()), place, problems);
      Optional<LossScale> scale = BINDER.bind(LossScale.class, config, own, problems);
      return inner.flatMap(optimizer -> scale.map(values -> values.around(optimizer)));
    }
    Class<? extends Record> type = OPTIMIZERS.get(name);
    return type == null
        ? Optional.of(new CustomOptimizer(name, written))
        : BINDER.bind(type, config, own, problems).map(Optimizer.class::cast);
  }

  /** The object that {@link #optimizer} reads. */
  static Tree.Obj tree(Optimizer optimizer) {
    if (optimizer instanceof CustomOptimizer custom) {
      return custom.written();
    }
    if (optimizer instanceof LossScaleOptimizer scaled) {
      Tree.Obj config =
          BINDER.write(LossScale.of(scaled)).with("inner_optimizer", tree(scaled.innerOptimizer()));
      return (Tree.Obj) KerasObject.write(LOSS_SCALE, config);
    }
    return (Tree.Obj) KerasObject.write(className(optimizer), BINDER.write((Record) optimizer));
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

  /** What a LossScaleOptimizer has besides the optimizer within. */
  private record LossScale(String name, double initialScale, int dynamicGrowthSteps) {
    static LossScale of(LossScaleOptimizer optimizer) {
      return new LossScale(
          optimizer.name(), optimizer.initialScale(), optimizer.dynamicGrowthSteps());
    }

    Optimizer around(Optimizer inner) {
      return new LossScaleOptimizer(name, inner, initialScale, dynamicGrowthSteps);
    }
  }
}
