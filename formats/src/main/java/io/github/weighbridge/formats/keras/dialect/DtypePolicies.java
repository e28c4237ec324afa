package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.List;

/** Dtype policies, which canonical form has by their names. */
final class DtypePolicies {

  private static final List<String> PLAIN =
      List.of("DTypePolicy", "FloatDTypePolicy", "Policy", "PolicyV1");

  private static final List<String> QUANTIZED =
      List.of(
          "AWQDTypePolicy",
          "GPTQDTypePolicy",
          "Int4DTypePolicy",
          "QuantizedDTypePolicy",
          "QuantizedFloat8DTypePolicy");

  /** How many maxima a float8 policy remembers where its name says nothing of it. */
  private static final long FLOAT8_HISTORY = 1024;

  private DtypePolicies() {}

  /** A configuration with its policy by name; policies that are no more than one stay objects. */
  static Tree.Obj named(Tree.Obj config) {
    Tree dtype = config.get("dtype").orElse(Tree.none());
    if (dtype instanceof Tree.Obj policy) {
      String className = policy.text("class_name").orElse("");
      Tree.Obj own = policy.object("config").orElse(Tree.object());
      if (PLAIN.contains(className)) {
        return config.with("dtype", Tree.of(plain(own.text("name").orElse("float32"))));
      }
      return QUANTIZED.contains(className) ? config.with("dtype", Tree.of(quantized(own))) : config;
    }
    return config.with("dtype", Tree.of(plain(dtype.asText().orElse("float32"))));
  }

  /** TensorFlow 1's policy of layers that take the type of their first input is float32 here. */
  private static String plain(String name) {
    return name.equals("_infer") || name.equals("infer") ? "float32" : name;
  }

  /** {@code int4/128_from_float32}: Keras's own names, but for the history of float8. */
  private static String quantized(Tree.Obj policy) {
    String mode = policy.text("mode").orElse("");
    String history =
        policy
            .get("amax_history_length")
            .filter(length -> !length.asLong().equals(java.util.Optional.of(FLOAT8_HISTORY)))
            .map(length -> "/" + length)
            .orElse("");
    return mode + history + "_from_" + policy.text("source_name").orElse("float32");
  }
}
