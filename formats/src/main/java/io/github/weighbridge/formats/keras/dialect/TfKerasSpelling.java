package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** tf.keras 2.15: objects by class name alone, nodes as lists. */
final class TfKerasSpelling implements Spelling {

  /** Options that change which weights a layer has. */
  private static final List<String> OF_KERAS_3 = List.of("renorm", "rms_scaling", "use_gate");

  private static final Set<String> ACTIVATIONS =
      Set.of(
          "elu",
          "exponential",
          "gelu",
          "linear",
          "mish",
          "relu",
          "selu",
          "sigmoid",
          "softmax",
          "softplus",
          "softsign",
          "swish",
          "tanh");

  @Override
  public String label() {
    return KerasDialect.TF_KERAS.label();
  }

  @Override
  public ClassKeys classes() {
    return ClassKeys.TF_KERAS;
  }

  @Override
  public Tree dtype(String policy) {
    return policy.startsWith("mixed_")
        ? object("Policy", Tree.object().with("name", Tree.of(policy)))
        : Tree.of(policy);
  }

  @Override
  public Optional<Tree> activation(Tree canonical) {
    if (canonical.equals(TfKerasLayers.HARD_SIGMOID)) {
      return Optional.of(Tree.of("hard_sigmoid"));
    }
    if (canonical instanceof Tree.Obj object) {
      Tree.Obj parameters = object.without("name");
      return Activations.layerOf(object.text("name").orElse(""))
          .map(className -> object(className, slopes(className, parameters)));
    }
    String name = canonical.asText().orElse("");
    return switch (name) {
      case "silu" -> Optional.of(Tree.of("swish"));
      // Functions with other defaults than the layers that are the same.
      case "leaky_relu" -> Optional.of(object("LeakyReLU", number("alpha", 0.2)));
      case "relu6" -> Optional.of(object("ReLU", number("max_value", 6.0)));
      default -> Optional.of(canonical).filter(own -> ACTIVATIONS.contains(name));
    };
  }

  private static Tree.Obj number(String key, double value) {
    return Tree.object().with(key, Tree.of(value));
  }

  private static Tree.Obj slopes(String className, Tree.Obj config) {
    return className.equals("LeakyReLU") ? config.renamed("negative_slope", "alpha") : config;
  }

  @Override
  public Tree.Obj object(ClassKeys.Entry entry, Tree.Obj config) {
    return object(entry.className(), config);
  }

  private static Tree.Obj object(String className, Tree.Obj config) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("class_name", className);
    members.put("config", config);
    return (Tree.Obj) Tree.of(members);
  }

  @Override
  public Tree.Obj renamed(Tree.Obj layer) {
    Tree.Obj own = SharedSpellings.renamed(layer);
    String className = own.text("class_name").orElse("");
    Tree.Obj config = own.object("config").orElse(Tree.object());
    return own.with(
        "config",
        switch (className) {
          case "InputLayer" -> config.renamed("batch_shape", "batch_input_shape");
          // The policy is the type of the output.
          case "IntegerLookup", "StringLookup" ->
              config.with("dtype", config.get("output_dtype").orElse(Tree.of("int64")));
          // Keras takes a count only to learn the boundaries.
          case "Discretization" ->
              config.items("bin_boundaries").isEmpty()
                  ? config
                  : config.with("num_bins", Tree.none());
          case "TextVectorization" -> config.with("dtype", Tree.of("string"));
          // It asks for them, and goes without.
          case "MultiHeadAttention" ->
              config
                  .with("query_shape", Tree.none())
                  .with("key_shape", Tree.none())
                  .with("value_shape", Tree.none());
          default -> slopes(className, config);
        });
  }

  @Override
  public Map<String, String> refused(Tree.Obj renamed) {
    Map<String, String> refused = SharedSpellings.refused(renamed);
    Tree.Obj config = renamed.object("config").orElse(Tree.object());
    if (config.text("dtype").filter(policy -> policy.contains("_from_")).isPresent()) {
      refused.put("dtype", "must not be quantised");
    }
    boolean learnt = config.get("idf_weights").filter(weights -> !weights.isNull()).isEmpty();
    if (config.text("output_mode").filter("tf_idf"::equals).isPresent() && learnt) {
      refused.put("idf_weights", "must be given");
    }
    if (renamed.text("class_name").filter("TextVectorization"::equals).isPresent()
        && !config.items("ngrams").isEmpty()) {
      refused.put("ngrams", "must be one number: tf.keras 2 does not read back the list it writes");
    }
    for (String option : OF_KERAS_3) {
      if (config.get(option).flatMap(Tree::asBoolean).orElse(false)) {
        refused.put(option, "must be false: tf.keras 2 has no such option");
      }
    }
    return refused;
  }

  @Override
  public Tree.Obj layer(ClassKeys.Entry entry, String name, Tree.Obj config) {
    return object(entry.className(), config.with("name", Tree.of(name)))
        .with("name", Tree.of(name));
  }

  @Override
  public Tree.Obj network(String className, String name, Tree.Obj config) {
    return object(className, config).with("name", Tree.of(name));
  }

  @Override
  public Optional<Tree.Obj> operation(Tree.Obj layer) {
    return TensorFlowFunctions.spelled(layer);
  }

  @Override
  public Tree.Obj connected(Tree.Obj canonical, Tree.Obj spelled, Findings findings) {
    return new TfKerasCalls(findings).connected(canonical, spelled);
  }
}
