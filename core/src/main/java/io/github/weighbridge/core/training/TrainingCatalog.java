package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ClassNames;
import io.github.weighbridge.core.config.ConfigBinder;
import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every optimizer, schedule, loss and metric that is known, by Keras 3's names, with what fills
 * their records. Losses and metrics have no record of their own: a name and Keras's options.
 */
public final class TrainingCatalog {

  private static final Map<String, Class<? extends Record>> OPTIMIZERS = new TreeMap<>();
  private static final Map<String, Class<? extends Record>> SCHEDULES = new TreeMap<>();

  /** Functions of losses with the class that computes the same. */
  private static final Map<String, String> LOSSES = new TreeMap<>();

  /** Names of metrics with their classes. */
  private static final Map<String, String> METRICS = new TreeMap<>();

  /** Other names of functions. */
  private static final Map<String, String> ALIASES = new TreeMap<>();

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

    alias("bce", "binary_crossentropy");
    alias("kld", "kl_divergence");
    alias("mae", "mean_absolute_error");
    alias("mape", "mean_absolute_percentage_error");
    alias("mse", "mean_squared_error");
    alias("msle", "mean_squared_logarithmic_error");

    for (String metric :
        List.of(
            "AUC",
            "Accuracy",
            "BinaryAccuracy",
            "BinaryCrossentropy",
            "BinaryIoU",
            "CategoricalAccuracy",
            "CategoricalCrossentropy",
            "CategoricalHinge",
            "ConcordanceCorrelation",
            "CosineSimilarity",
            "F1Score",
            "FBetaScore",
            "FalseNegatives",
            "FalsePositives",
            "Hinge",
            "IoU",
            "KLDivergence",
            "LogCoshError",
            "Mean",
            "MeanAbsoluteError",
            "MeanAbsolutePercentageError",
            "MeanIoU",
            "MeanSquaredError",
            "MeanSquaredLogarithmicError",
            "OneHotIoU",
            "OneHotMeanIoU",
            "PearsonCorrelation",
            "Poisson",
            "Precision",
            "PrecisionAtRecall",
            "R2Score",
            "Recall",
            "RecallAtPrecision",
            "RootMeanSquaredError",
            "SensitivityAtSpecificity",
            "SparseCategoricalAccuracy",
            "SparseCategoricalCrossentropy",
            "SparseTopKCategoricalAccuracy",
            "SpecificityAtSensitivity",
            "SquaredHinge",
            "Sum",
            "TopKCategoricalAccuracy",
            "TrueNegatives",
            "TruePositives")) {
      METRICS.put(ClassNames.snakeCase(metric), metric);
    }
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

  private static void alias(String alias, String function) {
    ALIASES.put(alias, function);
    ALIASES.put(alias.toUpperCase(Locale.ROOT), function);
  }

  /** The record of an optimizer's class name. */
  public static Optional<Class<? extends Record>> optimizerType(String className) {
    return Optional.ofNullable(OPTIMIZERS.get(className));
  }

  /** The record of a schedule's class name. */
  public static Optional<Class<? extends Record>> scheduleType(String className) {
    return Optional.ofNullable(SCHEDULES.get(className));
  }

  /** The name of a function for one of its names: {@code mean_squared_error} for {@code mse}. */
  public static String function(String name) {
    return ALIASES.getOrDefault(name, name);
  }

  /** The class of a loss that is a function's name. */
  public static Optional<String> lossClass(String function) {
    return Optional.ofNullable(LOSSES.get(function(function)));
  }

  /** Whether that names a loss: a function, a class, or what Keras resolves by the output. */
  public static boolean isLoss(String name) {
    return LOSSES.containsKey(function(name))
        || LOSSES.containsValue(name)
        || name.equals("ce")
        || name.equals("crossentropy");
  }

  /** The class of a metric that is a function's name. */
  public static Optional<String> metricClass(String function) {
    return Optional.ofNullable(METRICS.get(function(function)));
  }

  /** Whether that names a metric: a function, a class, or what Keras resolves by the output. */
  public static boolean isMetric(String name) {
    return METRICS.containsKey(function(name))
        || METRICS.containsValue(name)
        || name.equals("acc")
        || name.equals("accuracy");
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

  /** The object that {@link #optimizer} reads. */
  static Tree.Obj tree(Optimizer optimizer) {
    return optimizer instanceof CustomOptimizer custom
        ? custom.written()
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
