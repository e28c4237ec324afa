package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keras 3: objects in envelopes that name their module, nodes with args and kwargs. */
final class Keras3Spelling implements Spelling {

  /** {@code float8/1024_from_float32}, behind the slash how many amplitudes it keeps. */
  private static final String FLOAT8 = "float8/";

  private static final String FROM = "_from_";

  private static final List<String> INTERPOLATIONS =
      List.of("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area");

  @Override
  public String label() {
    return KerasDialect.KERAS_3.label();
  }

  @Override
  public ClassKeys classes() {
    return ClassKeys.KERAS_3;
  }

  @Override
  public Tree dtype(String policy) {
    if (policy.startsWith(FLOAT8)) {
      int from = policy.indexOf(FROM);
      return envelope(
          "keras.dtype_policies",
          "QuantizedFloat8DTypePolicy",
          Tree.object()
              .with("mode", Tree.of("float8"))
              .with("source_name", Tree.of(policy.substring(from + FROM.length())))
              .with(
                  "amax_history_length",
                  Tree.of(Long.parseLong(policy.substring(FLOAT8.length(), from)))));
    }
    // Other quantised policies by their names, which Keras takes apart itself.
    return policy.contains("_from_")
        ? Tree.of(policy)
        : envelope("keras", "DTypePolicy", Tree.object().with("name", Tree.of(policy)));
  }

  @Override
  public Optional<Tree> activation(Tree canonical) {
    if (!(canonical instanceof Tree.Obj object)) {
      return Optional.of(canonical);
    }
    Tree.Obj parameters = object.without("name");
    if (object.text("name").filter("hard_sigmoid"::equals).isPresent()) {
      return Optional.empty();
    }
    return Activations.layerOf(object.text("name").orElse(""))
        .map(className -> envelope("keras.layers", className, parameters));
  }

  @Override
  public Tree.Obj object(ClassKeys.Entry entry, Tree.Obj config) {
    return envelope(entry.module(), entry.className(), config);
  }

  @Override
  public Tree.Obj renamed(Tree.Obj layer) {
    Tree.Obj own = SharedSpellings.renamed(layer);
    Tree.Obj config = own.object("config").orElse(Tree.object());
    return switch (own.text("class_name").orElse("")) {
      case "ThresholdedReLU" ->
          own.with("class_name", Tree.of("ReLU"))
              .with("config", config.renamed("theta", "threshold"));
      case "IntegerLookup", "StringLookup", "TextVectorization" ->
          own.with("config", learnt(config));
      default -> own;
    };
  }

  /** A vocabulary whose weights are learnt stands beside them. */
  private static Tree.Obj learnt(Tree.Obj config) {
    boolean weighted = config.text("output_mode").filter("tf_idf"::equals).isPresent();
    boolean given = config.get("idf_weights").filter(weights -> !weights.isNull()).isPresent();
    return weighted && !given ? config.with("vocabulary", Tree.none()) : config;
  }

  @Override
  public Map<String, String> refused(Tree.Obj renamed) {
    Map<String, String> refused = SharedSpellings.refused(renamed);
    Tree.Obj config = renamed.object("config").orElse(Tree.object());
    if (config.text("interpolation").filter(Keras3Spelling::isInterpolation).isEmpty()
        && config.has("interpolation")) {
      refused.put("interpolation", "must be one of " + String.join(", ", INTERPOLATIONS));
    }
    if (renamed.text("class_name").filter("HashedCrossing"::equals).isPresent()
        && renamed.items("inbound_nodes").stream().anyMatch(node -> tensors(node) != 2)) {
      refused.put("inbound_nodes", "must cross two inputs, in Keras 3");
    }
    return refused;
  }

  private static boolean isFixed(Tree node) {
    return node.asObject()
        .flatMap(call -> call.object("kwargs"))
        .filter(kwargs -> kwargs.has(TfKerasNodes.FIXED_TRAINING))
        .isPresent();
  }

  private static boolean isInterpolation(String name) {
    return INTERPOLATIONS.contains(name);
  }

  private static int tensors(Tree node) {
    List<Tree> args = node.asObject().orElse(Tree.object()).items("args");
    return args.isEmpty() ? 0 : args.get(0).items().size();
  }

  @Override
  public Tree.Obj layer(ClassKeys.Entry entry, String name, Tree.Obj config) {
    return envelope(entry.module(), entry.className(), config.with("name", Tree.of(name)))
        .with("name", Tree.of(name));
  }

  @Override
  public Tree.Obj network(String className, String name, Tree.Obj config) {
    boolean functional = className.equals("Functional");
    return envelope(functional ? "keras.src.models.functional" : "keras", className, config)
        .with("registered_name", functional ? Tree.of("Functional") : Tree.none())
        .with("name", Tree.of(name));
  }

  @Override
  public Optional<Tree.Obj> operation(Tree.Obj layer) {
    return Keras3Functions.spelled(layer);
  }

  @Override
  public Tree.Obj connected(Tree.Obj canonical, Tree.Obj spelled, Findings findings) {
    List<Tree> layers = new ArrayList<>();
    for (Tree.Obj layer : LayerWalk.layers(spelled)) {
      List<Tree> nodes = new ArrayList<>();
      if (layer.items("inbound_nodes").stream().anyMatch(Keras3Spelling::isFixed)) {
        findings.unsupported(
            layer,
            "inbound_nodes",
            "must not train in predictions, in Keras 3",
            "a call with training=True",
            "write it for Keras 2");
      }
      layer.items("inbound_nodes").forEach(node -> nodes.add(Keras3Nodes.spelled(node, layer)));
      layers.add(layer.with("inbound_nodes", Tree.of(nodes)));
    }
    Tree.Obj connected = spelled.with("layers", Tree.of(layers));
    for (String end : List.of("input_layers", "output_layers")) {
      connected = connected.with(end, canonical.get(end).orElse(Tree.none()));
    }
    connected = CallIndexes.toHidden(connected, nested -> false, Keras3Nodes::isFunctional);
    for (String end : List.of("input_layers", "output_layers")) {
      connected =
          connected.with(end, TensorReference.toTriples(connected.get(end).orElse(Tree.none())));
    }
    return connected;
  }

  static Tree.Obj envelope(String module, String className, Tree.Obj config) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("module", module);
    members.put("class_name", className);
    members.put("config", config);
    members.put("registered_name", Tree.none());
    return (Tree.Obj) Tree.of(members);
  }
}
