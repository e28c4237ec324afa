package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Losses and metrics in canonical form as a generation of Keras takes them. */
final class LossSpelling {

  /** Classes of Keras 3 that tf.keras 2.15 lacks. */
  private static final Set<String> ONLY_KERAS_3 =
      Set.of(
          "CTC",
          "CategoricalGeneralizedCrossEntropy",
          "Circle",
          "ConcordanceCorrelation",
          "Dice",
          "PearsonCorrelation",
          "Tversky");

  /** The loss that has no axis in tf.keras, where others have one. */
  private static final String LAST_AXIS_ONLY = "SparseCategoricalCrossentropy";

  private final TrainingTarget target;
  private final TrainingFindings findings;

  LossSpelling(TrainingTarget target, TrainingFindings findings) {
    this.target = target;
    this.findings = findings;
  }

  /** The losses of all outputs; nothing if one of them cannot be said. */
  Optional<Tree> losses(Tree canonical) {
    if (canonical.isNull()) {
      return Optional.of(canonical);
    }
    if (canonical.isArray()) {
      List<Tree> spelled = new ArrayList<>();
      canonical.items().forEach(item -> losses(item).ifPresent(spelled::add));
      return spelled.size() == canonical.items().size()
          ? Optional.of(Tree.of(spelled))
          : Optional.empty();
    }
    if (canonical instanceof Tree.Obj object && isStructure(object)) {
      Map<String, Tree> spelled = new LinkedHashMap<>();
      object
          .members()
          .forEach((key, value) -> losses(value).ifPresent(own -> spelled.put(key, own)));
      return spelled.size() == object.members().size()
          ? Optional.of(Tree.of(spelled))
          : Optional.empty();
    }
    return loss(canonical);
  }

  private Optional<Tree> loss(Tree canonical) {
    Tree.Obj object = canonical.asObject().orElse(Tree.object());
    Tree.Obj config = object.object("config").orElse(Tree.object());
    String name = name(canonical);
    if (name.equals(FunctionNames.MEAN_COSINE)) {
      findings.changed(
          "cosine_proximity",
          "has cosine_similarity, the sum over the last axis, which makes larger steps",
          "the mean over the last axis");
      return Optional.of(
          object("keras.losses", "CosineSimilarity", config.with("axis", Tree.of(-1))));
    }
    // tf.keras resolves "crossentropy" when it compiles, not when it loads.
    boolean shortcut = canonical.asText().isPresent() && target == TrainingTarget.KERAS_3_ZIP;
    String reduction = config.text("reduction").orElse("");
    boolean known = shortcut || FunctionNames.lossClass(name).isPresent();
    if (!known || object.has("custom") || (!target.isKeras3() && isNew(name, reduction))) {
      String option = reduction.startsWith("mean") ? " with reduction " + reduction : "";
      findings.lost("the loss " + name + option);
      return Optional.empty();
    }
    if (!target.isKeras3() && name.equals(LAST_AXIS_ONLY)) {
      if (config.get("axis").flatMap(Tree::asLong).filter(axis -> axis != -1).isPresent()) {
        findings.lost("the loss " + name + " along an axis that is not the last");
        return Optional.empty();
      }
      config = config.without("axis");
    }
    return Optional.of(shortcut ? canonical : object("keras.losses", name, config));
  }

  /** A name that is not an object, the class of an object, or the same of a custom one. */
  private static String name(Tree canonical) {
    Tree own = canonical.asObject().flatMap(object -> object.get("custom")).orElse(canonical);
    return own.asText()
        .or(() -> own.asObject().flatMap(object -> object.text("class_name")))
        .orElse("");
  }

  private static boolean isNew(String className, String reduction) {
    return ONLY_KERAS_3.contains(className) || reduction.startsWith("mean");
  }

  /** The metrics of all outputs, without those that cannot be said. */
  Tree metrics(Tree canonical) {
    if (canonical.isNull()) {
      return canonical;
    }
    if (canonical.isArray()) {
      List<Tree> spelled = new ArrayList<>();
      for (Tree item : canonical.items()) {
        boolean several = item.isNull() || item.isArray();
        if (several) {
          spelled.add(metrics(item));
        } else {
          metric(item).ifPresent(spelled::add);
        }
      }
      return Tree.of(spelled);
    }
    if (canonical instanceof Tree.Obj object && isStructure(object)) {
      Map<String, Tree> spelled = new LinkedHashMap<>();
      object.members().forEach((key, value) -> spelled.put(key, metrics(value)));
      return Tree.of(spelled);
    }
    return metric(canonical).orElse(Tree.none());
  }

  private Optional<Tree> metric(Tree canonical) {
    if (canonical.asText().isPresent()) {
      return Optional.of(canonical);
    }
    Tree.Obj object = canonical.asObject().orElse(Tree.object());
    String name = name(canonical);
    if (object.has("custom") || (!target.isKeras3() && ONLY_KERAS_3.contains(name))) {
      findings.dropped("the metric " + name);
      return Optional.empty();
    }
    return Optional.of(
        object("keras.metrics", name, object.object("config").orElse(Tree.object())));
  }

  private static boolean isStructure(Tree.Obj object) {
    return !object.has("class_name") && !object.has("custom");
  }

  private Tree object(String module, String className, Tree.Obj config) {
    if (target == TrainingTarget.KERAS_3_ZIP) {
      return OptimizerSpelling.enveloped(module, className, config);
    }
    Tree.Obj own = config;
    if (!target.isKeras3()) {
      own = own.without("from_sorted_ids");
      own = module.equals("keras.losses") ? own.without("dtype") : withPlainType(own);
    }
    return Tree.object().with("class_name", Tree.of(className)).with("config", own);
  }

  /** Metrics of Keras 3 have a policy where those of tf.keras have the name of a type. */
  private static Tree.Obj withPlainType(Tree.Obj config) {
    return config
        .object("dtype")
        .flatMap(policy -> policy.object("config"))
        .flatMap(policy -> policy.get("name"))
        .map(name -> config.with("dtype", name))
        .orElse(config);
  }
}
