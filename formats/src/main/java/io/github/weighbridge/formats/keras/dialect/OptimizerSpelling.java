package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Optimizers in canonical form as a generation of Keras takes them.
 *
 * <p>tf.keras 2.15 has two of most: the new ones compute what Keras 3's do, the legacy ones what
 * Keras 1 and 2 did, and clip gradients in two ways at once. What Keras 3 computes otherwise than
 * the file's Keras is told.
 */
final class OptimizerSpelling {

  private static final String LOSS_SCALE = "LossScaleOptimizer";

  private static final Set<String> KERAS_3 =
      Set.of(
          "Adadelta",
          "Adafactor",
          "Adagrad",
          "Adam",
          "AdamW",
          "Adamax",
          "Ftrl",
          "Lamb",
          "Lion",
          "Muon",
          "Nadam",
          "RMSprop",
          "SGD",
          "ScheduleFreeAdamW");

  private static final Set<String> TF_NEW =
      Set.of(
          "Adadelta",
          "Adafactor",
          "Adagrad",
          "Adam",
          "AdamW",
          "Adamax",
          "Ftrl",
          "Lion",
          "Nadam",
          "RMSprop",
          "SGD");

  private static final Set<String> TF_LEGACY =
      Set.of("Adadelta", "Adagrad", "Adam", "Adamax", "Ftrl", "Nadam", "RMSprop", "SGD");

  /** Keys of Keras 3 that no optimizer of tf.keras has. */
  private static final List<String> ONLY_KERAS_3 =
      List.of("loss_scale_factor", "gradient_accumulation_steps");

  /** Keys that the legacy optimizers of tf.keras lack, with the value that asks for nothing. */
  private static final Map<String, @Nullable Object> NOT_LEGACY = new LinkedHashMap<>();

  static {
    NOT_LEGACY.put("weight_decay", null);
    NOT_LEGACY.put("use_ema", false);
  }

  private final TrainingTarget target;
  private final TrainingFindings findings;

  OptimizerSpelling(TrainingTarget target, TrainingFindings findings) {
    this.target = target;
    this.findings = findings;
  }

  /** The optimizer as {@code optimizer_config} or {@code optimizer}; nothing if there is none. */
  Optional<Tree.Obj> spelled(Tree canonical) {
    Tree.Obj optimizer = canonical.asObject().orElse(Tree.object());
    Optional<Tree> custom = optimizer.get("custom");
    if (custom.isPresent()) {
      Tree own = custom.get();
      findings.lost(
          "the optimizer "
              + own.asText()
                  .or(() -> own.asObject().flatMap(object -> object.text("class_name")))
                  .orElse("")
              + ", which is not Keras's own");
      return Optional.empty();
    }
    String name = optimizer.text("class_name").orElse("");
    Tree.Obj config = optimizer.object("config").orElse(Tree.object());
    if (name.equals(LOSS_SCALE)) {
      return lossScale(config);
    }
    if (name.isEmpty()) {
      findings.lost("no optimizer");
      return Optional.empty();
    }
    if (!(target.isKeras3() ? KERAS_3 : TF_NEW).contains(name)) {
      findings.lost("the optimizer " + name + ", which " + target.label() + " has not");
      return Optional.empty();
    }
    if (name.equals("Lamb") && target == TrainingTarget.KERAS_3_HDF5) {
      // Seen with 3.15.1: its list of optimizers lacks it, which .keras files do not need.
      findings.lost("the optimizer Lamb, which Keras 3 reads from .keras files only");
      return Optional.empty();
    }
    if (config.object("learning_rate").filter(OptimizerSpelling::isForeign).isPresent()) {
      findings.lost("a learning rate of a schedule that Keras has not");
      return Optional.empty();
    }
    return Optional.of(target.isKeras3() ? keras3(name, config) : tfKeras(name, config));
  }

  private static boolean isForeign(Tree.Obj schedule) {
    return !OptimizerConfigs.SCHEDULES.contains(schedule.text("class_name").orElse(""));
  }

  private Optional<Tree.Obj> lossScale(Tree.Obj config) {
    Optional<Tree.Obj> inner = spelled(config.get("inner_optimizer").orElse(Tree.none()));
    if (inner.isEmpty() || target == TrainingTarget.KERAS_3_ZIP) {
      return inner.map(
          own -> enveloped("keras.optimizers", LOSS_SCALE, config.with("inner_optimizer", own)));
    }
    String name = inner.get().text("class_name").orElse("").replace("Custom>", "");
    Tree.Obj own = inner.get().object("config").orElse(Tree.object());
    boolean legacy = !target.isKeras3() && !own.has("is_legacy_optimizer");
    String module = legacy ? "keras.optimizers.legacy" : "keras.optimizers";
    Tree.Obj outer = config.with("inner_optimizer", enveloped(module, name, own));
    if (target.isKeras3()) {
      return Optional.of(object(LOSS_SCALE, outer));
    }
    outer = outer.without("name").with("dynamic", Tree.of(true));
    return Optional.of(object(legacy ? LOSS_SCALE : "LossScaleOptimizerV3", outer));
  }

  private Tree.Obj keras3(String name, Tree.Obj canonical) {
    tellOtherRule(name, canonical);
    Tree.Obj config = withSchedule(withoutOwn(withOneClip(canonical)));
    return target == TrainingTarget.KERAS_3_ZIP
        ? enveloped("keras.optimizers", name, config)
        : object(name, config);
  }

  private void tellOtherRule(String name, Tree.Obj config) {
    if (isFalse(config, "epsilon_in_root")) {
      findings.changed(
          name,
          "adds epsilon before it takes the root, which makes other steps where gradients are small",
          "epsilon behind the root");
    }
    double schedule = config.get("schedule_decay").flatMap(Tree::asDouble).orElse(1.0);
    if (schedule != 1) {
      findings.changed(
          name,
          "lets the momentum rise by 0.96 in each step, which makes other steps",
          "0.96 to the power of " + schedule);
    }
    if (isFalse(config, "scheduled")) {
      findings.changed(
          name,
          "schedules its momentum and corrects both averages, which makes other steps",
          "DL4J's Nadam");
    }
  }

  /** Without the values for what lines of Keras, and DL4J, compute otherwise. */
  private static Tree.Obj withoutOwn(Tree.Obj config) {
    return config.without("epsilon_in_root").without("schedule_decay").without("scheduled");
  }

  private Tree.Obj tfKeras(String name, Tree.Obj canonical) {
    Tree.Obj config = canonical;
    for (String key : ONLY_KERAS_3) {
      if (config.get(key).filter(value -> !value.isNull()).isPresent()) {
        findings.changed(name, "has no " + key, config.get(key).orElseThrow().toString());
      }
      config = config.without(key);
    }
    if (needsLegacy(config) && canBeLegacy(name, config)) {
      return object(name, legacy(config));
    }
    tellOtherRule(name, config);
    config =
        withoutOwn(withOneClip(config))
            .with("jit_compile", Tree.of(false))
            .with("is_legacy_optimizer", Tree.of(false));
    return object("Custom>" + name, withSchedule(config));
  }

  /** Whether the new optimizers of tf.keras compute something else. */
  private static boolean needsLegacy(Tree.Obj config) {
    return isFalse(config, "epsilon_in_root")
        || config.get("schedule_decay").flatMap(Tree::asDouble).filter(d -> d != 1).isPresent()
        || clips(config).size() > 1;
  }

  private static boolean canBeLegacy(String name, Tree.Obj config) {
    boolean asksForMore =
        NOT_LEGACY.entrySet().stream()
            .anyMatch(
                key -> !config.get(key.getKey()).equals(Optional.of(Tree.of(key.getValue()))));
    boolean schedule = config.object("learning_rate").isPresent();
    return TF_LEGACY.contains(name)
        && !asksForMore
        && !(schedule && name.equals("Nadam"))
        && !(clips(config).contains("clipnorm") && clips(config).contains("global_clipnorm"));
  }

  private static Tree.Obj legacy(Tree.Obj canonical) {
    Tree.Obj config =
        canonical
            .without("weight_decay")
            .without("use_ema")
            .without("ema_momentum")
            .without("ema_overwrite_frequency")
            .with("decay", canonical.get("schedule_decay").orElse(Tree.of(0.0)));
    config = withoutOwn(config);
    for (String key : List.of("clipnorm", "global_clipnorm", "clipvalue")) {
      config = config.get(key).filter(v -> !v.isNull()).isPresent() ? config : config.without(key);
    }
    return withSchedule(config);
  }

  private static boolean isFalse(Tree.Obj config, String key) {
    return config.get(key).flatMap(Tree::asBoolean).filter(value -> !value).isPresent();
  }

  private static List<String> clips(Tree.Obj config) {
    return List.of("clipnorm", "global_clipnorm", "clipvalue").stream()
        .filter(key -> config.get(key).filter(value -> !value.isNull()).isPresent())
        .toList();
  }

  /** Gradients are clipped in one way only: by norm, if it was asked for. */
  private Tree.Obj withOneClip(Tree.Obj config) {
    List<String> clips = clips(config);
    Tree.Obj result = config;
    for (String surplus : clips.subList(Math.min(1, clips.size()), clips.size())) {
      findings.changed(
          clips.get(0) + " alone",
          "clips gradients in one way only",
          surplus + " " + config.get(surplus).orElseThrow());
      result = result.with(surplus, Tree.none());
    }
    return result;
  }

  private static Tree.Obj withSchedule(Tree.Obj config) {
    return config
        .object("learning_rate")
        .map(
            schedule ->
                config.with(
                    "learning_rate",
                    enveloped(
                        "keras.optimizers.schedules",
                        schedule.text("class_name").orElse(""),
                        schedule.object("config").orElse(Tree.object()))))
        .orElse(config);
  }

  private static Tree.Obj object(String className, Tree.Obj config) {
    return Tree.object().with("class_name", Tree.of(className)).with("config", config);
  }

  /** An object as Keras 3, and tf.keras from 2.12 on, serialise it. */
  static Tree.Obj enveloped(String module, String className, Tree.Obj config) {
    return Tree.object()
        .with("module", Tree.of(module))
        .with("class_name", Tree.of(className))
        .with("config", config)
        .with("registered_name", Tree.none());
  }
}
