package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.ClassNames;
import io.github.weighbridge.core.config.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Losses in canonical form: {@code {class_name, config}} with every option, functions too; Keras
 * 3's names that it resolves by the output; {@code {custom}} around what is not known.
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
      return object.text("config").map(own -> function(own, loss, meanCosine)).orElse(custom(loss));
    }
    Optional<Tree.Obj> config = object.object("config");
    boolean known = FunctionNames.lossClass(name).filter(name::equals).isPresent();
    return known && config.isPresent() && !isForeign(object)
        ? ofClass(name, config.get())
        : custom(loss);
  }

  private static Tree function(String name, Tree written, boolean meanCosine) {
    if (name.equals("ce") || name.equals("crossentropy")) {
      return Tree.of(name);
    }
    String function = FunctionNames.function(FUNCTIONS.getOrDefault(name, name));
    Tree.Obj named = Tree.object().with("name", Tree.of(function));
    if (meanCosine && name.startsWith("cosine")) {
      return ofClass(FunctionNames.MEAN_COSINE, named);
    }
    Optional<String> className = FunctionNames.lossClass(function);
    if (className.isEmpty()) {
      return custom(written);
    }
    return ofClass(className.get(), className.get().equals(name) ? Tree.object() : named);
  }

  /** Something that is not known here, as the file has it. */
  static Tree.Obj custom(Tree written) {
    return Tree.object().with("custom", written);
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
