package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Initializers, regularizers and constraints within the layers of Keras 1: functions by name, and
 * objects whose parameters stand beside their name.
 */
final class Keras1Objects {

  private static final Map<String, String> INITIALIZERS =
      Map.ofEntries(
          Map.entry("glorot_normal", "GlorotNormal"),
          Map.entry("glorot_uniform", "GlorotUniform"),
          Map.entry("he_normal", "HeNormal"),
          Map.entry("he_uniform", "HeUniform"),
          Map.entry("identity", "Identity"),
          Map.entry("lecun_uniform", "LecunUniform"),
          Map.entry("normal", "RandomNormal"),
          Map.entry("one", "Ones"),
          Map.entry("ones", "Ones"),
          Map.entry("orthogonal", "Orthogonal"),
          Map.entry("uniform", "RandomUniform"),
          Map.entry("zero", "Zeros"),
          Map.entry("zeros", "Zeros"));

  private Keras1Objects() {}

  static Tree.Obj toKeras2(Tree.Obj config) {
    Map<String, Tree> members = new LinkedHashMap<>();
    config.members().forEach((key, value) -> members.put(key, toKeras2(key, value)));
    return (Tree.Obj) Tree.of(members).movedTo(config.pointer());
  }

  private static Tree toKeras2(String key, Tree value) {
    if (key.endsWith("_initializer")) {
      return value.asText().map(name -> initializer(name)).orElse(value);
    }
    Optional<Tree.Obj> named = value.asObject().filter(object -> object.has("name"));
    if (named.isEmpty()) {
      return value;
    }
    if (key.endsWith("_regularizer")) {
      return regularizer(named.get());
    }
    return key.endsWith("_constraint") ? constraint(named.get()) : value;
  }

  private static Tree initializer(String name) {
    Tree.Obj config =
        switch (name) {
          case "uniform" -> (Tree.Obj) Tree.of(Map.of("minval", -0.05, "maxval", 0.05));
          case "normal" -> (Tree.Obj) Tree.of(Map.of("mean", 0.0, "stddev", 0.05));
          default -> Tree.object();
        };
    return Tree.object()
        .with("class_name", Tree.of(INITIALIZERS.getOrDefault(name, name)))
        .with("config", config);
  }

  /**
   * {@code WeightRegularizer} and {@code ActivityRegularizer} until 1.1, {@code L1L2Regularizer}.
   */
  private static Tree regularizer(Tree.Obj written) {
    String name = written.text("name").orElse("");
    boolean sums = written.has("l1") || written.has("l2");
    return Tree.object()
        .with("class_name", Tree.of(sums ? "L1L2" : name))
        .with("config", written.without("name"));
  }

  private static Tree constraint(Tree.Obj written) {
    return Tree.object()
        .with("class_name", Tree.of(written.text("name").orElse("")))
        .with("config", written.without("name").renamed("m", "max_value"));
  }
}
