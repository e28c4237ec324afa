package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.ClassNames;
import io.github.weighbridge.core.config.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Metrics in canonical form: {@code {class_name, config}}, functions too; "accuracy" and "acc",
 * which Keras resolves by the output; {@code {custom}} around what is not known. A metric that was
 * given by name is reported under it, in Keras 1 and up to 2.2 under that of its function.
 */
final class MetricConfigs {

  /** Functions of Keras 1 and 2 with Keras 3's class, where that is not the name's. */
  private static final Map<String, String> CLASSES =
      Map.of(
          "kullback_leibler_divergence", "KLDivergence",
          "cosine_proximity", "CosineSimilarity",
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
      return object
          .text("config")
          .map(own -> function(own, metric))
          .orElse(LossConfigs.custom(metric));
    }
    if (name.equals("MeanMetricWrapper")) {
      return wrapped(config, metric);
    }
    boolean known = FunctionNames.metricClass(name).filter(name::equals).isPresent();
    return known && !LossConfigs.isForeign(object)
        ? object(name, config.without("fn"))
        : LossConfigs.custom(metric);
  }

  private Tree function(String name, Tree written) {
    if (name.equals("acc") || name.equals("accuracy")) {
      return Tree.of(namedByFunction ? "acc" : name);
    }
    if (name.startsWith("cosine") && line == OptimizerLine.MULTI_BACKEND) {
      // The negative one, a loss; Keras 3 has the positive one.
      return LossConfigs.custom(written);
    }
    String reported = namedByFunction ? FunctionNames.function(name) : name;
    return className(name)
        .map(own -> object(own, Tree.object().with("name", Tree.of(reported))))
        .orElse(LossConfigs.custom(written));
  }

  /** A function with a name of its own, as tf.keras keeps metrics. */
  private static Tree wrapped(Tree.Obj config, Tree written) {
    return config
        .text("fn")
        .or(() -> config.object("fn").flatMap(fn -> fn.text("config")))
        .flatMap(MetricConfigs::className)
        .map(className -> object(className, config.without("fn")))
        .orElse(LossConfigs.custom(written));
  }

  private static Optional<String> className(String function) {
    String renamed = CLASSES.get(function);
    return renamed != null ? Optional.of(renamed) : FunctionNames.metricClass(function);
  }

  private static Tree.Obj object(String className, Tree.Obj config) {
    Tree.Obj named =
        config
            .withDefault("name", Tree.of(ClassNames.snakeCase(className)))
            .withDefault("dtype", Tree.of("float32"));
    return Tree.object().with("class_name", Tree.of(className)).with("config", named);
  }
}
