package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.ClassNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every loss and metric of Keras 3, by the names of functions and classes. */
final class FunctionNames {

  /** Keras before 2.0.9: the mean over the last axis where CosineSimilarity has the sum. */
  static final String MEAN_COSINE = "CosineProximity";

  /** Other names of functions. */
  private static final Map<String, String> ALIASES = new TreeMap<>();

  private static final Map<String, String> LOSSES = new TreeMap<>();
  private static final Map<String, String> METRICS = new TreeMap<>();

  static {
    alias("bce", "binary_crossentropy");
    alias("kld", "kl_divergence");
    alias("mae", "mean_absolute_error");
    alias("mape", "mean_absolute_percentage_error");
    alias("mse", "mean_squared_error");
    alias("msle", "mean_squared_logarithmic_error");
    for (String loss :
        List.of(
            "BinaryCrossentropy",
            "BinaryFocalCrossentropy",
            "CategoricalCrossentropy",
            "CategoricalFocalCrossentropy",
            "CategoricalGeneralizedCrossEntropy",
            "CategoricalHinge",
            "Circle",
            "CosineSimilarity",
            "CTC",
            "Dice",
            "Hinge",
            "Huber",
            "KLDivergence",
            "LogCosh",
            "MeanAbsoluteError",
            "MeanAbsolutePercentageError",
            "MeanSquaredError",
            "MeanSquaredLogarithmicError",
            "Poisson",
            "SparseCategoricalCrossentropy",
            "SquaredHinge",
            "Tversky")) {
      LOSSES.put(ClassNames.snakeCase(loss), loss);
    }
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

  private FunctionNames() {}

  private static void alias(String alias, String function) {
    ALIASES.put(alias, function);
    ALIASES.put(alias.toUpperCase(Locale.ROOT), function);
  }

  /** The name of a function for one of its names: {@code mean_squared_error} for {@code mse}. */
  static String function(String name) {
    return ALIASES.getOrDefault(name, name);
  }

  /** The class of a loss by the name of its function or its own. */
  static Optional<String> lossClass(String name) {
    return LOSSES.containsValue(name)
        ? Optional.of(name)
        : Optional.ofNullable(LOSSES.get(function(name)));
  }

  /** The class of a metric by the name of its function or its own. */
  static Optional<String> metricClass(String name) {
    return METRICS.containsValue(name)
        ? Optional.of(name)
        : Optional.ofNullable(METRICS.get(function(name)));
  }
}
