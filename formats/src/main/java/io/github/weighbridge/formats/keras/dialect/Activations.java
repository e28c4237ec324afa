package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Activations: given as null, a name, a function, a layer, or already in canonical form. */
final class Activations {

  /** Configuration keys that hold activations. */
  static final List<String> KEYS = List.of("activation", "recurrent_activation");

  private static final Map<String, String> ALIASES =
      Map.of("swish", "silu", "hard_swish", "hard_silu");

  private Activations() {}

  /** A name, or an object of name and numbers; what is no activation stays. */
  static Tree toCanonical(Tree activation) {
    if (activation.isNull()) {
      return Tree.of("linear");
    }
    if (activation.asText().isPresent()) {
      String name = activation.asText().get();
      return Tree.of(ALIASES.getOrDefault(name, name));
    }
    if (activation instanceof Tree.Obj object && object.has("class_name")) {
      return ofObject(object);
    }
    return activation;
  }

  private static Tree ofObject(Tree.Obj object) {
    String className = object.text("class_name").orElse("");
    if (className.equals("function")) {
      // Functions of other modules keep their registered name, as package>name.
      return toCanonical(object.get("config").orElse(Tree.none()));
    }
    Tree.Obj config = object.object("config").orElse(Tree.object());
    return switch (className) {
      case "Activation" -> toCanonical(config.get("activation").orElse(Tree.none()));
      case "ReLU" ->
          of("relu", config, Map.of("negative_slope", 0.0, "threshold", 0.0), "max_value");
      // The layer's slope is 0.3 by default, the function's 0.2.
      case "LeakyReLU" ->
          of("leaky_relu", config.renamed("alpha", "negative_slope"), Map.of(), "negative_slope");
      case "ELU" -> of("elu", config, Map.of("alpha", 1.0));
      case "Softmax" -> of("softmax", config, Map.of("axis", -1.0));
      default -> Tree.of(className);
    };
  }

  /** The parameters that differ from the function's defaults. */
  private static Tree of(
      String name, Tree.Obj config, Map<String, Double> defaults, String... others) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", name);
    for (Map.Entry<String, Double> parameter : defaults.entrySet()) {
      Tree value = PlainValues.of(config.get(parameter.getKey()).orElse(Tree.none()));
      if (!value.isNull() && value.asDouble().filter(parameter.getValue()::equals).isEmpty()) {
        members.put(parameter.getKey(), value);
      }
    }
    for (String key : others) {
      Tree value = PlainValues.of(config.get(key).orElse(Tree.none()));
      if (!value.isNull()) {
        members.put(key, value);
      }
    }
    return members.size() == 1 ? Tree.of(name) : Tree.of(members);
  }

  /** The layer that is a function with parameters, in Keras 3 and (but for spelling) before. */
  static Optional<String> layerOf(String name) {
    return switch (name) {
      case "relu" -> Optional.of("ReLU");
      case "leaky_relu" -> Optional.of("LeakyReLU");
      case "elu" -> Optional.of("ELU");
      case "softmax" -> Optional.of("Softmax");
      default -> Optional.empty();
    };
  }
}
