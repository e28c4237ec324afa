package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.ClassNames;
import io.github.weighbridge.core.config.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Optimizers of every line in canonical form: Keras 3's keys, every one of them, and values of
 * their own for what Keras 3 computes otherwise. {@code {custom}} stands around what is not known.
 *
 * <ul>
 *   <li>{@code epsilon_in_root} of RMSprop and Adagrad: Keras 1 and 2 and the legacy optimizers of
 *       tf.keras divide by {@code sqrt(a) + epsilon}, the new ones and Keras 3 by {@code sqrt(a +
 *       epsilon)}; legacy RMSprop with momentum does so as well.
 *   <li>{@code schedule_decay} of Nadam: 0.004 by default in Keras 1 and 2; legacy tf.keras calls
 *       it {@code decay}; the new ones and Keras 3 have 1 and no key. {@code scheduled} is false
 *       for DL4J's Nadam alone.
 *   <li>{@code decay} of all others in Keras 1 and 2 and legacy tf.keras: the rate {@code lr / (1 +
 *       decay * iterations)} is InverseTimeDecay with one step.
 *   <li>{@code clipnorm} in Keras 1 and multi-backend Keras 2 bounds the norm of all gradients
 *       together: {@code global_clipnorm}; in tf.keras and Keras 3 that of each.
 * </ul>
 */
final class OptimizerConfigs {

  private static final String LOSS_SCALE = "LossScaleOptimizer";

  /** What Keras 3's constructors have by default, for versions that lack a key. */
  private static final Map<String, @Nullable Object> COMMON = new LinkedHashMap<>();

  /** The schedules of Keras 3. */
  static final Set<String> SCHEDULES =
      Set.of(
          "CosineDecay",
          "CosineDecayRestarts",
          "ExponentialDecay",
          "InverseTimeDecay",
          "PiecewiseConstantDecay",
          "PolynomialDecay");

  /** Names of schedules by default, where they are not those of the class. */
  private static final Map<String, String> SCHEDULE_NAMES =
      Map.of("CosineDecayRestarts", "SGDRDecay", "PiecewiseConstantDecay", "PiecewiseConstant");

  private static final Map<String, Map<String, Object>> OWN = new LinkedHashMap<>();

  static {
    COMMON.put("weight_decay", null);
    COMMON.put("clipnorm", null);
    COMMON.put("global_clipnorm", null);
    COMMON.put("clipvalue", null);
    COMMON.put("use_ema", false);
    COMMON.put("ema_momentum", 0.99);
    COMMON.put("ema_overwrite_frequency", null);
    COMMON.put("loss_scale_factor", null);
    COMMON.put("gradient_accumulation_steps", null);

    Map<String, Object> adam =
        Map.of("beta_1", 0.9, "beta_2", 0.999, "epsilon", 1e-7, "amsgrad", false);
    OWN.put("Adadelta", Map.of("rho", 0.95, "epsilon", 1e-7));
    OWN.put(
        "Adafactor",
        Map.of(
            "beta_2_decay", -0.8,
            "epsilon_1", 1e-30,
            "epsilon_2", 1e-3,
            "clip_threshold", 1.0,
            "relative_step", true));
    OWN.put(
        "Adagrad",
        Map.of("initial_accumulator_value", 0.1, "epsilon", 1e-7, "epsilon_in_root", true));
    OWN.put("Adam", adam);
    OWN.put("AdamW", adam);
    OWN.put("Adamax", Map.of("beta_1", 0.9, "beta_2", 0.999, "epsilon", 1e-7));
    OWN.put(
        "Ftrl",
        Map.of(
            "learning_rate_power", -0.5,
            "initial_accumulator_value", 0.1,
            "l1_regularization_strength", 0.0,
            "l2_regularization_strength", 0.0,
            "l2_shrinkage_regularization_strength", 0.0,
            "beta", 0.0));
    OWN.put("Lamb", Map.of("beta_1", 0.9, "beta_2", 0.999, "epsilon", 1e-7));
    OWN.put("Lion", Map.of("beta_1", 0.9, "beta_2", 0.99));
    Map<String, Object> muon = new LinkedHashMap<>();
    muon.put("adam_beta_1", 0.9);
    muon.put("adam_beta_2", 0.999);
    muon.put("adam_weight_decay", 0.004);
    muon.put("epsilon", 1e-7);
    muon.put("exclude_layers", List.of());
    muon.put("exclude_embeddings", true);
    muon.put("muon_a", 3.4445);
    muon.put("muon_b", -4.775);
    muon.put("muon_c", 2.0315);
    muon.put("adam_lr_ratio", 1.0);
    muon.put("momentum", 0.95);
    muon.put("ns_steps", 5);
    muon.put("nesterov", true);
    muon.put("rms_rate", 0.2);
    OWN.put("Muon", muon);
    OWN.put(
        "Nadam",
        Map.of(
            "beta_1", 0.9,
            "beta_2", 0.999,
            "epsilon", 1e-7,
            "schedule_decay", 1.0,
            "scheduled", true));
    OWN.put(
        "RMSprop",
        Map.of(
            "rho", 0.9,
            "momentum", 0.0,
            "epsilon", 1e-7,
            "centered", false,
            "epsilon_in_root", true));
    OWN.put("SGD", Map.of("momentum", 0.0, "nesterov", false));
    OWN.put(
        "ScheduleFreeAdamW",
        Map.of("beta_1", 0.9, "beta_2", 0.999, "epsilon", 1e-8, "warmup_steps", 0));
  }

  private OptimizerConfigs() {}

  /**
   * An optimizer in canonical form.
   *
   * @param keras1 whether Keras 1 wrote it
   */
  static Tree toCanonical(Tree optimizer, OptimizerLine line, boolean keras1) {
    Tree.Obj written =
        optimizer
            .asText()
            .map(name -> Tree.object().with("class_name", Tree.of(name)))
            .orElseGet(() -> optimizer.asObject().orElse(Tree.object()));
    Optional<String> known = className(written);
    if (known.isEmpty()) {
      return LossConfigs.custom(optimizer);
    }
    String name = known.get();
    Tree.Obj config = written.object("config").orElse(Tree.object());
    if (name.equals(LOSS_SCALE)) {
      return lossScale(config, line, keras1);
    }
    return object(name, ofLine(name, config, line, keras1));
  }

  /** Keras's class name: tf.keras registers its own as {@code Custom>Adam}, reads any case. */
  private static Optional<String> className(Tree.Obj written) {
    String name = written.text("class_name").orElse("");
    String module = written.text("module").orElse("keras");
    String registered = written.text("registered_name").orElse("");
    if (registered.contains(">") && !module.startsWith("keras")) {
      return Optional.empty();
    }
    String plain = name.startsWith("Custom>") ? name.substring("Custom>".length()) : name;
    if (plain.matches("LossScaleOptimizer(V1|V3)?")) {
      return Optional.of(LOSS_SCALE);
    }
    return OWN.keySet().stream().filter(plain::equalsIgnoreCase).findFirst();
  }

  private static Tree.Obj ofLine(
      String name, Tree.Obj written, OptimizerLine line, boolean keras1) {
    Tree.Obj config =
        switch (line) {
          case KERAS_3, TF_NEW -> written.without("jit_compile").without("is_legacy_optimizer");
          case TF_LEGACY -> legacy(name, written);
          case MULTI_BACKEND -> multiBackend(name, written, keras1);
        };
    config = config.withDefault("name", Tree.of(ClassNames.snakeCase(name)));
    config = withSchedule(config.withDefault("learning_rate", Tree.of(learningRate(name, line))));
    if (name.equals("AdamW") || name.equals("Muon")) {
      config = config.withDefault("weight_decay", Tree.of(0.004));
    }
    for (Map.Entry<String, @Nullable Object> key : COMMON.entrySet()) {
      config = config.withDefault(key.getKey(), Tree.of(key.getValue()));
    }
    for (Map.Entry<String, Object> key : OWN.getOrDefault(name, Map.of()).entrySet()) {
      config = config.withDefault(key.getKey(), Tree.of(key.getValue()));
    }
    return config;
  }

  /** What the constructors have; a file without it names the optimizer only. */
  private static double learningRate(String name, OptimizerLine line) {
    return switch (name) {
      case "SGD" -> 0.01;
      case "Lion" -> line == OptimizerLine.KERAS_3 ? 0.001 : 0.0001;
      case "ScheduleFreeAdamW" -> 0.0025;
      default -> 0.001;
    };
  }

  private static Tree.Obj legacy(String name, Tree.Obj written) {
    Tree.Obj config = written;
    if (name.equals("Nadam")) {
      config = config.renamed("decay", "schedule_decay");
    }
    if (name.equals("RMSprop") || name.equals("Adagrad")) {
      boolean momentum = config.get("momentum").flatMap(Tree::asDouble).orElse(0.0) > 0;
      config = config.with("epsilon_in_root", Tree.of(momentum));
    }
    return decayed(config);
  }

  private static Tree.Obj multiBackend(String name, Tree.Obj written, boolean keras1) {
    Tree.Obj config = written.renamed("lr", "learning_rate");
    // 0 is no limit there.
    config = withoutZero(config.renamed("clipnorm", "global_clipnorm"), "global_clipnorm");
    config = withoutZero(config, "clipvalue");
    if (config.get("epsilon").filter(e -> !e.isNull()).isEmpty() && !name.equals("SGD")) {
      config = config.with("epsilon", Tree.of(keras1 ? 1e-8 : 1e-7));
    }
    if (name.equals("RMSprop") || name.equals("Adagrad")) {
      config = config.with("epsilon_in_root", Tree.of(false));
    }
    if (name.equals("Adagrad")) {
      config = config.with("initial_accumulator_value", Tree.of(0.0));
    }
    if (name.equals("Nadam")) {
      config = config.withDefault("schedule_decay", Tree.of(0.004));
    }
    return decayed(config);
  }

  private static Tree.Obj withoutZero(Tree.Obj config, String key) {
    return config.get(key).flatMap(Tree::asDouble).filter(limit -> limit <= 0).isPresent()
        ? config.without(key)
        : config;
  }

  /** A decay of a schedule cannot be said; the key stays and is told. */
  private static Tree.Obj decayed(Tree.Obj config) {
    Optional<Double> decay = config.get("decay").flatMap(Tree::asDouble);
    Optional<Double> rate = config.get("learning_rate").flatMap(Tree::asDouble);
    if (decay.isEmpty() || decay.get() == 0) {
      return config.without("decay");
    }
    if (rate.isEmpty()) {
      return config;
    }
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put("initial_learning_rate", rate.get());
    schedule.put("decay_steps", 1);
    schedule.put("decay_rate", decay.get());
    schedule.put("staircase", false);
    schedule.put("name", "InverseTimeDecay");
    return config
        .without("decay")
        .with(
            "learning_rate", Tree.of(Map.of("class_name", "InverseTimeDecay", "config", schedule)));
  }

  /** The learning rate, if it is a schedule, without its module and with every key. */
  private static Tree.Obj withSchedule(Tree.Obj config) {
    Optional<Tree.Obj> schedule = config.object("learning_rate");
    String name = schedule.flatMap(s -> s.text("class_name")).orElse("");
    if (schedule.isEmpty() || !SCHEDULES.contains(name)) {
      return config;
    }
    Tree.Obj own = schedule.get().object("config").orElse(Tree.object());
    if (own.text("name").isEmpty()) {
      // tf.keras needs none, Keras 3 does.
      own = own.with("name", Tree.of(SCHEDULE_NAMES.getOrDefault(name, name)));
    }
    if (name.equals("CosineDecay")) {
      // Both came with tf.keras 2.13.
      own = own.withDefault("warmup_target", Tree.none()).withDefault("warmup_steps", Tree.of(0));
    }
    return config.with("learning_rate", object(name, own));
  }

  /** A factor that does not change (tf.keras) is what Keras 3 calls loss_scale_factor. */
  private static Tree lossScale(Tree.Obj config, OptimizerLine line, boolean keras1) {
    Tree inner = toCanonical(config.get("inner_optimizer").orElse(Tree.none()), line, keras1);
    Optional<Tree.Obj> own = inner.asObject().flatMap(o -> o.object("config"));
    boolean fixed = config.get("dynamic").flatMap(Tree::asBoolean).filter(d -> !d).isPresent();
    if (fixed && own.isPresent() && inner instanceof Tree.Obj optimizer) {
      Tree factor = config.get("initial_scale").orElse(Tree.of(32768.0));
      return optimizer.with("config", own.get().with("loss_scale_factor", factor));
    }
    return object(
        LOSS_SCALE,
        Tree.object()
            .with("name", config.get("name").orElse(Tree.of("loss_scale_optimizer")))
            .with("inner_optimizer", inner)
            .with("initial_scale", config.get("initial_scale").orElse(Tree.of(32768.0)))
            .with(
                "dynamic_growth_steps", config.get("dynamic_growth_steps").orElse(Tree.of(2000))));
  }

  private static Tree.Obj object(String className, Tree.Obj config) {
    return Tree.object().with("class_name", Tree.of(className)).with("config", config);
  }
}
