package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.ClassNames;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.TrainingCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Losses in canonical form: the name of a function of Keras 3, or {@code {class_name, config}} with
 * every option. What is not known stays as the file has it.
 */
final class LossConfigs {

  /** Functions of Keras 1 and 2 that Keras 3 calls otherwise. */
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "huber_loss", "huber",
          "kullback_leibler_divergence", "kl_divergence",
          "logcosh", "log_cosh",
          "cosine", "cosine_similarity",
          "cosine_proximity", "cosine_similarity");

  private static final Tree AUTO = Tree.of("sum_over_batch_size");

  /** What Keras 3's constructors have by default, for versions that lack a key. */
  private static final Map<String, Map<String, @Nullable Object>> OPTIONS = new LinkedHashMap<>();

  static {
    Map<String, @Nullable Object> logits = new LinkedHashMap<>();
    logits.put("from_logits", false);
    logits.put("label_smoothing", 0.0);
    logits.put("axis", -1);
    Map<String, @Nullable Object> focal = new LinkedHashMap<>(logits);
    focal.put("alpha", 0.25);
    focal.put("gamma", 2.0);
    Map<String, @Nullable Object> balanced = new LinkedHashMap<>(focal);
    balanced.put("apply_class_balancing", false);
    Map<String, @Nullable Object> sparse = new LinkedHashMap<>();
    sparse.put("from_logits", false);
    sparse.put("ignore_class", null);
    sparse.put("axis", -1);
    OPTIONS.put("BinaryCrossentropy", logits);
    OPTIONS.put("BinaryFocalCrossentropy", balanced);
    OPTIONS.put("CategoricalCrossentropy", logits);
    OPTIONS.put("CategoricalFocalCrossentropy", focal);
    OPTIONS.put("CosineSimilarity", Map.of("axis", -1));
    OPTIONS.put("Huber", Map.of("delta", 1.0));
    OPTIONS.put("SparseCategoricalCrossentropy", sparse);
  }

  private LossConfigs() {}

  /**
   * A loss.
   *
   * @param meanCosine whether cosine_proximity is the mean over the last axis, as before Keras
   *     2.0.9, and not the sum
   */
  static Tree toCanonical(Tree loss, boolean meanCosine) {
    if (loss.asText().isPresent()) {
      return function(loss.asText().get(), loss, meanCosine);
    }
    Tree.Obj object = loss.asObject().orElse(Tree.object());
    String name = object.text("class_name").orElse("");
    if (name.equals("function")) {
      return object.text("config").map(own -> function(own, loss, meanCosine)).orElse(loss);
    }
    Optional<Tree.Obj> config = object.object("config");
    if (config.isEmpty() || isForeign(object) || !isClass(name)) {
      return loss;
    }
    return ofClass(name, config.get());
  }

  private static Tree function(String name, Tree written, boolean meanCosine) {
    if (meanCosine && name.startsWith("cosine")) {
      return Tree.of("cosine_proximity");
    }
    if (isClass(name)) {
      return ofClass(name, Tree.object());
    }
    String plain = TrainingCatalog.function(FUNCTIONS.getOrDefault(name, name));
    return TrainingCatalog.isLoss(plain) ? Tree.of(plain) : written;
  }

  private static boolean isClass(String name) {
    return TrainingCatalog.isLoss(name) && Character.isUpperCase(name.charAt(0));
  }

  private static Tree ofClass(String name, Tree.Obj written) {
    Tree.Obj config = written.without("fn");
    for (Map.Entry<String, @Nullable Object> option :
        OPTIONS.getOrDefault(name, Map.of()).entrySet()) {
      config = config.withDefault(option.getKey(), Tree.of(option.getValue()));
    }
    // tf.keras decides by what "auto" is; outside of its strategies that is the mean.
    boolean auto = config.text("reduction").filter("auto"::equals).isPresent();
    config = auto ? config.with("reduction", AUTO) : config.withDefault("reduction", AUTO);
    return Tree.object()
        .with("class_name", Tree.of(name))
        .with("config", config.withDefault("name", Tree.of(ClassNames.snakeCase(name))));
  }

  /** Whether it was registered by somebody else under the name of one of Keras's. */
  static boolean isForeign(Tree.Obj object) {
    return object.text("registered_name").orElse("").contains(">")
        && !object.text("module").orElse("keras").startsWith("keras");
  }

  /** The losses of all outputs, whatever they stand in. */
  static Tree all(Tree losses, boolean meanCosine) {
    if (losses.isArray()) {
      List<Tree> items = losses.items().stream().map(item -> all(item, meanCosine)).toList();
      return Tree.of(items);
    }
    if (losses instanceof Tree.Obj object && !object.has("class_name")) {
      Map<String, Tree> members = new LinkedHashMap<>();
      object.members().forEach((key, value) -> members.put(key, all(value, meanCosine)));
      return Tree.of(members);
    }
    return losses.isNull() ? losses : toCanonical(losses, meanCosine);
  }
}
