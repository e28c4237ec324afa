package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.training.Constraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way down: canonical models as a generation of Keras spells them. Keys of which the generation
 * does not know are left out; whether it computes the same without them, reading the result again
 * tells.
 */
final class ModelSpelling {

  private static final Map<String, String> OBJECTS =
      Map.of(
          "_initializer", "initializers",
          "_regularizer", "regularizers",
          "_constraint", "constraints");

  private static final String LORA_RANK = "lora_rank";

  private final Spelling spelling;
  private final Findings findings;

  ModelSpelling(Spelling spelling, Findings findings) {
    this.spelling = spelling;
    this.findings = findings;
  }

  /** A layer or a model, those within it included. */
  Tree.Obj spelled(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    if (LayerWalk.isNetwork(config)) {
      return network(layer, config);
    }
    if (layer.has("opaque")) {
      findings.unsupported(
          layer,
          "",
          "must be a layer that is known here, to stand in another form",
          layer.text("opaque").orElse(""),
          "it stays as it is only in the form that it came in");
      return layer.with("inbound_nodes", Tree.of(List.of()));
    }
    return layer.has("operation") ? operation(layer) : layer(layer);
  }

  private Tree.Obj network(Tree.Obj layer, Tree.Obj canonical) {
    List<Tree> layers = new ArrayList<>();
    for (Tree.Obj inner : LayerWalk.layers(canonical)) {
      Tree.Obj own = spelled(inner);
      layers.add(
          own.has("inbound_nodes") || !inner.has("inbound_nodes")
              ? own
              : own.with("inbound_nodes", inner.get("inbound_nodes").orElseThrow()));
    }
    boolean functional = canonical.has("output_layers");
    String name = LayerWalk.name(layer);
    Tree.Obj config = Tree.object().with("name", Tree.of(name));
    config = config.with("trainable", canonical.get("trainable").orElse(Tree.of(true)));
    if (!functional && canonical.text("dtype").isPresent()) {
      config = config.with("dtype", spelling.dtype(canonical.text("dtype").get()));
    }
    config = config.with("layers", Tree.of(layers));
    if (functional) {
      config = spelling.connected(canonical, config, findings);
    }
    return spelling.network(functional ? "Functional" : "Sequential", name, config);
  }

  private Tree.Obj operation(Tree.Obj layer) {
    Optional<Tree.Obj> own = spelling.operation(layer);
    if (own.isEmpty() && !findings.isRefused(layer)) {
      findings.unsupported(
          layer,
          "",
          "must be a function that " + spelling.label() + " has",
          layer.text("class_name").orElse(""),
          "build the model without it");
    }
    return own.orElse(layer.with("inbound_nodes", Tree.of(List.of())));
  }

  private Tree.Obj layer(Tree.Obj layer) {
    Tree.Obj renamed = spelling.renamed(layer);
    Optional<ClassKeys.Entry> entry =
        spelling.classes().layer(renamed.text("class_name").orElse(""));
    if (entry.isEmpty()) {
      findings.unsupported(
          layer,
          "",
          "must be a layer that " + spelling.label() + " has",
          layer.text("class_name").orElse(""),
          "build the model without it, or choose another target");
      return layer.with("inbound_nodes", Tree.of(List.of()));
    }
    spelling
        .refused(renamed)
        .forEach(
            (key, rule) ->
                findings.unsupported(
                    layer,
                    key,
                    rule,
                    renamed
                        .object("config")
                        .flatMap(c -> c.get(key))
                        .orElse(Tree.none())
                        .toString(),
                    "build the model without it, or choose another target"));
    Tree.Obj config = renamed.object("config").orElse(Tree.object());
    Map<String, Tree> members = new LinkedHashMap<>();
    if (config.get(LORA_RANK).filter(rank -> !rank.isNull()).isPresent()) {
      config = config.without(LORA_RANK).without("lora_alpha");
      findings.dropped(
          layer, LORA_RANK, "what LoRA adds is within the kernel, which trains on as a whole", "");
    }
    for (String key : entry.get().keys()) {
      config
          .get(key)
          .flatMap(value -> value(renamed, key, value))
          .ifPresent(value -> members.put(key, value));
    }
    return spelling.layer(entry.get(), LayerWalk.name(layer), (Tree.Obj) Tree.of(members));
  }

  private Optional<Tree> value(Tree.Obj layer, String key, Tree value) {
    if (key.equals("dtype") && value.asText().isPresent()) {
      return Optional.of(
          layer.text("class_name").filter("InputLayer"::equals).isPresent()
              ? value
              : spelling.dtype(value.asText().get()));
    }
    if (Activations.KEYS.contains(key)) {
      return Optional.of(activation(layer, key, value));
    }
    for (Map.Entry<String, String> kind : OBJECTS.entrySet()) {
      if (key.endsWith(kind.getKey()) && value instanceof Tree.Obj object) {
        return object(layer, key, kind.getValue(), object);
      }
    }
    return Optional.of(inner(value));
  }

  private Tree activation(Tree.Obj layer, String key, Tree value) {
    Optional<Tree> own = spelling.activation(value);
    if (own.isEmpty()) {
      findings.unsupported(
          layer,
          key,
          "must be a function that " + spelling.label() + " has",
          value.toString(),
          "choose another target, or another function and train again");
    }
    return own.orElse(value);
  }

  /** Training alone needs it: what the generation has not, it goes on without, as by default. */
  private Optional<Tree> object(Tree.Obj layer, String key, String kind, Tree.Obj value) {
    String name = value.text("class_name").orElse("");
    Optional<ClassKeys.Entry> entry = spelling.classes().object(kind, name);
    if (entry.isEmpty()) {
      findings.dropped(
          layer, key, spelling.label() + " has no such class and trains without it", name);
      return Optional.empty();
    }
    Tree.Obj config = value.object("config").orElse(Tree.object());
    if (kind.equals("constraints")) {
      tellOtherNorms(layer, key, config);
    }
    Map<String, Tree> members = new LinkedHashMap<>();
    for (String known : entry.get().keys()) {
      config.get(known).ifPresent(own -> members.put(known, PlainValues.of(own)));
    }
    return Optional.of(spelling.object(entry.get(), (Tree.Obj) Tree.of(members)));
  }

  /** What DL4J computes otherwise of the same constraint. */
  private void tellOtherNorms(Tree.Obj layer, String key, Tree.Obj config) {
    config
        .get(Constraint.EPSILON)
        .ifPresent(
            epsilon ->
                findings.dropped(
                    layer,
                    key,
                    "adds "
                        + Constraint.KERAS_EPSILON
                        + " to norms, which makes slightly other steps",
                    "epsilon " + epsilon));
    config
        .get(Constraint.SQUARES_REST)
        .ifPresent(
            squares ->
                findings.dropped(
                    layer,
                    key,
                    "brings norms to its limits bit by bit, which makes other steps",
                    "a rate of DL4J, at which norms grow"));
  }

  /** Layers within layers; other values stay. */
  private Tree inner(Tree value) {
    if (value instanceof Tree.Obj object && isLayer(object)) {
      return spelled(object).without("inbound_nodes");
    }
    boolean layers =
        value.isArray()
            && !value.items().isEmpty()
            && value.items().stream().allMatch(i -> i.asObject().filter(this::isLayer).isPresent());
    return layers ? Tree.of(value.items().stream().map(this::inner).toList()) : value;
  }

  private boolean isLayer(Tree.Obj object) {
    return object.has("class_name") && object.has("config") && object.has("name");
  }
}
