package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Activation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** DL4J's activation functions in Keras's words. */
final class Activations {

  private static final Map<String, Activation> PLAIN = new HashMap<>();

  static {
    plain("GELU", "gelu");
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
      case "RReLU" ->
          // Its mean slope is taken for the least result: max(x, (l + u) / 2), and 0 in 0.7.2.
          throw config.unsupported(
              Dl4jVertex.CLASS, "must be no RReLU, which DL4J computes otherwise in predictions");
      case "ReLU" -> relu(config);
      case "ThresholdedReLU" ->
          new Activation("relu", Map.of("threshold", config.number("theta", 1)));
      default -> {
        Activation plain = PLAIN.get(name);
        if (plain == null) {
          throw config.unsupported(Dl4jVertex.CLASS, "must be a function that is known here");
        }
        yield plain;
      }
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
