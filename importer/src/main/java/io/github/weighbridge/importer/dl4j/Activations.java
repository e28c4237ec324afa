package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Activation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** DL4J's activation functions in Keras's words. */
final class Activations {

  private static final Map<String, Activation> PLAIN = new HashMap<>();

  static {
    plain("HardTanH", "hard_tanh");
    plain("Identity", "linear");
    plain("Mish", "mish");
    plain("ReLU6", "relu6");
    plain("SELU", "selu");
    plain("Sigmoid", "sigmoid");
    plain("SoftPlus", "softplus");
    plain("SoftSign", "softsign");
    plain("Softmax", "softmax");
    plain("Swish", "silu");
    plain("TanH", "tanh");
    PLAIN.put("HardSigmoid", new Activation("hard_sigmoid", Map.of("slope", 0.2, "offset", 0.5)));
  }

  private Activations() {}

  private static void plain(String name, String activation) {
    PLAIN.put(name, Activation.of(activation));
  }

  /**
   * A function.
   *
   * @throws ProblemsException if there is none of its values here
   */
  static Activation read(ConfigObject config) {
    String name = config.simpleClass().replaceFirst("^Activation", "");
    return switch (name) {
      case "ELU" -> new Activation("elu", Map.of("alpha", config.number("alpha", 1)));
      case "LReLU" ->
          new Activation("leaky_relu", Map.of("negative_slope", config.number("alpha", 0.01)));
      case "ReLU" -> relu(config);
      case "ThresholdedReLU" ->
          new Activation("relu", Map.of("threshold", config.number("theta", 1)));
      default -> {
        Activation plain = PLAIN.get(name);
        if (plain == null) {
          throw config.unsupported(Dl4jVertex.CLASS, "must be a function that can stand here");
        }
        yield plain;
      }
    };
  }

  /** A function that stands as the name of DL4J's enum, as {@code LEAKYRELU}. */
  static Activation named(ConfigObject config, String key) {
    String name = config.text(key);
    return switch (name) {
      case "ELU" -> Activation.of("elu");
      case "LEAKYRELU" -> new Activation("leaky_relu", Map.of("negative_slope", 0.01));
      case "RELU" -> Activation.of("relu");
      default ->
          PLAIN.entrySet().stream()
              .filter(plain -> plain.getKey().equalsIgnoreCase(name))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElseThrow(() -> config.unsupported(key, "must be a function that can stand here"));
    };
  }

  private static Activation relu(ConfigObject config) {
    Map<String, Double> parameters = new LinkedHashMap<>();
    if (config.given("max")) {
      parameters.put("max_value", config.number("max"));
    }
    if (config.number("negativeSlope", 0) != 0) {
      parameters.put("negative_slope", config.number("negativeSlope"));
    }
    if (config.number("threshold", 0) != 0) {
      parameters.put("threshold", config.number("threshold"));
    }
    return new Activation("relu", parameters);
  }
}
