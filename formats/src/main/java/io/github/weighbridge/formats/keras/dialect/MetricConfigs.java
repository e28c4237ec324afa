package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.ClassNames;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.TrainingCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Metrics in canonical form: a name that Keras 3 resolves, or {@code {class_name, config}}. What is
 * not known stays as the file has it. Keras 1 and 2 reported a metric that was given by name under
 * that name, or up to 2.2 under its function's; the classes that stand for them here say it.
 */
final class MetricConfigs {

  /** Functions of Keras 1 and 2 with Keras 3's class, where that is not the name's. */
  private static final Map<String, String> CLASSES =
      Map.of(
          "kullback_leibler_divergence", "KLDivergence",
          "logcosh", "LogCoshError",
          "log_cosh", "LogCoshError");

  private final OptimizerLine line;
  private final boolean namedByFunction;

  /**
   * Metrics of a file.
   *
   * @param namedByFunction whether "acc" and the names of functions are what was reported (Keras 1,
   *     multi-backend Keras before 2.3)
   */
  MetricConfigs(OptimizerLine line, boolean namedByFunction) {
    this.line = line;
    this.namedByFunction = namedByFunction;
  }

  /** The metrics of all outputs, in the structure that Keras 3 takes. */
  Tree all(Tree metrics, int outputs) {
    Tree canonical = each(metrics);
    if (line == OptimizerLine.KERAS_3 || !canonical.isArray()) {
      return canonical;
    }
    List<Tree> items = canonical.items();
    boolean nested = items.stream().anyMatch(Tree::isArray);
    if (nested && outputs == 1 && items.size() == 1) {
      // tf.keras has a list for the only output as well.
      return items.get(0);
    }
    if (!nested && outputs > 1 && !items.isEmpty()) {
      // One list for all outputs is one for each.
      return Tree.of(IntStream.range(0, outputs).mapToObj(i -> canonical).toList());
    }
    return canonical;
  }

  private Tree each(Tree metrics) {
    if (metrics.isArray()) {
      return Tree.of(metrics.items().stream().map(this::each).toList());
    }
    if (metrics instanceof Tree.Obj object && !object.has("class_name")) {
      Map<String, Tree> members = new LinkedHashMap<>();
      object.members().forEach((key, value) -> members.put(key, each(value)));
      return Tree.of(members);
    }
    return metrics.isNull() ? metrics : toCanonical(metrics);
  }

  private Tree toCanonical(Tree metric) {
    if (metric.asText().isPresent()) {
      return function(metric.asText().get(), metric);
    }
    Tree.Obj object = metric.asObject().orElse(Tree.object());
    Tree.Obj config = object.object("config").orElse(Tree.object());
    String name = object.text("class_name").orElse("");
    if (name.equals("function")) {
      return object.text("config").map(own -> function(own, metric)).orElse(metric);
    }
    if (name.equals("MeanMetricWrapper")) {
      return wrapped(config, metric);
    }
    boolean known =
        TrainingCatalog.isMetric(name)
            && Character.isUpperCase(name.charAt(0))
            && !LossConfigs.isForeign(object);
    return known ? object(name, config.without("fn")) : metric;
  }

  private Tree function(String name, Tree written) {
    if (line == OptimizerLine.KERAS_3) {
      return written.asText().isPresent() ? written : Tree.of(name);
    }
    if (name.equals("acc") || name.equals("accuracy")) {
      return Tree.of(namedByFunction ? "acc" : name);
    }
    if (name.startsWith("cosine") && line == OptimizerLine.MULTI_BACKEND) {
      // The negative one, a loss; Keras 3 has the positive one.
      return written;
    }
    String function = TrainingCatalog.function(name);
    return className(function)
        .<Tree>map(
            className ->
                object(
                    className,
                    Tree.object()
                        .with("name", Tree.of(namedByFunction ? function : name))
                        .with("dtype", Tree.of("float32"))))
        .orElse(written);
  }

  /** A function with a name of its own, as tf.keras keeps metrics. */
  private static Tree wrapped(Tree.Obj config, Tree written) {
    Optional<String> function =
        config.text("fn").or(() -> config.object("fn").flatMap(fn -> fn.text("config")));
    return function
        .map(TrainingCatalog::function)
        .flatMap(MetricConfigs::className)
        .<Tree>map(className -> object(className, config.without("fn")))
        .orElse(written);
  }

  private static Optional<String> className(String function) {
    String renamed = CLASSES.get(function);
    if (renamed != null) {
      return Optional.of(renamed);
    }
    return TrainingCatalog.metricClass(
        function.startsWith("cosine") ? "cosine_similarity" : function);
  }

  private static Tree object(String className, Tree.Obj config) {
    Tree.Obj named =
        config
            .withDefault("name", Tree.of(ClassNames.snakeCase(className)))
            .withDefault("dtype", Tree.of("float32"));
    return Tree.object().with("class_name", Tree.of(className)).with("config", named);
  }
}
