package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An activation function, by Keras 3's name and meaning.
 *
 * @param name as {@code relu}
 * @param parameters those that differ from the function's defaults ({@code negative_slope}, {@code
 *     slope} and {@code offset} of hard_sigmoid...)
 */
public record Activation(String name, Map<String, Double> parameters) {

  /** The function that changes nothing. */
  public static final Activation LINEAR = of("linear");

  /** How it stands in a configuration: a name, or an object of name and parameters. */
  public static final ConfigType<Activation> CONFIG_TYPE =
      new ConfigType<>(Activation.class, "an activation", Activation::read, Activation::write);

  /** Copies the parameters. */
  public Activation {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** A function with its default parameters. */
  public static Activation of(String name) {
    return new Activation(name, Map.of());
  }

  /** A parameter, or its default. */
  public double parameter(String key, double defaultValue) {
    return parameters.getOrDefault(key, defaultValue);
  }

  /**
   * The type of its results: whole numbers stay such where nothing is computed of them but limits,
   * and become float32 otherwise.
   */
  public DataType resultType(DataType input) {
    return input.isFloating() || List.of("linear", "relu", "relu6").contains(name)
        ? input
        : DataType.FLOAT32;
  }

  private static Activation read(Tree tree) {
    if (tree.isNull()) {
      return LINEAR;
    }
    if (tree.asText().isPresent()) {
      return of(tree.asText().get());
    }
    Tree.Obj object = tree.asObject().orElseThrow(() -> new IllegalArgumentException("no name"));
    String name = object.text("name").orElseThrow(() -> new IllegalArgumentException("no name"));
    Map<String, Double> parameters = new LinkedHashMap<>();
    object
        .without("name")
        .members()
        .forEach(
            (key, value) ->
                parameters.put(
                    key,
                    value
                        .asDouble()
                        .orElseThrow(() -> new IllegalArgumentException(key + " is no number"))));
    return new Activation(name, parameters);
  }

  private static Tree write(Activation activation) {
    if (activation.parameters().isEmpty()) {
      return Tree.of(activation.name());
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", activation.name());
    members.putAll(activation.parameters());
    return Tree.of(members);
  }
}
