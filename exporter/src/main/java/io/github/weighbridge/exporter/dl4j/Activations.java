package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Activation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keras's activation functions in DL4J's words, where DL4J has one of exactly the same values. */
final class Activations {

  private static final String PACKAGE = "org.nd4j.linalg.activations.impl.Activation";

  /** The slope of DL4J's HardSigmoid. */
  private static final double HARD_SIGMOID_SLOPE = 0.2;

  /** DL4J's identity. */
  static final Tree.Obj IDENTITY = Dl4jObject.of(PACKAGE + "Identity").tree();

  /** DL4J's sigmoid. */
  static final Tree.Obj SIGMOID = plain("Sigmoid");

  /** DL4J's third power. */
  static final Tree.Obj CUBE = plain("Cube");

  /**
   * A function of DL4J.
   *
   * @param function its configuration
   * @param inputScale what its input must be multiplied by to give Keras's values; {@code
   *     clip(slope x + 0.5)} is DL4J's {@code clip(0.2 x + 0.5)} of {@code slope / 0.2 x}
   */
  record Mapped(Tree.Obj function, double inputScale) {
    /** Whether DL4J's function takes its input as it is. */
    boolean isPlain() {
      return inputScale == 1;
    }
  }

  private Activations() {}

  /** DL4J's function for one of Keras, if there is one. */
  static Optional<Mapped> of(Activation activation) {
    if (activation.name().equals("hard_sigmoid")) {
      double slope = activation.parameter("slope", 1.0 / 6);
      boolean centred = activation.parameter("offset", 0.5) == 0.5;
      return centred && slope > 0
          ? Optional.of(new Mapped(plain("HardSigmoid"), slope / HARD_SIGMOID_SLOPE))
          : Optional.empty();
    }
    if (activation.name().equals("sparse_sigmoid")) {
      return Optional.of(new Mapped(plain("HardSigmoid"), 0.5 / HARD_SIGMOID_SLOPE));
    }
    return Optional.ofNullable(function(activation)).map(f -> new Mapped(f, 1));
  }

  private static Tree.@Nullable Obj function(Activation activation) {
    return switch (activation.name()) {
      case "linear" -> IDENTITY;
      case "relu" -> relu(activation);
      case "relu6" -> relu(6.0, 0, 0);
      case "leaky_relu" -> leakyRelu(activation.parameter("negative_slope", 0.2));
      case "elu" -> elu(activation.parameter("alpha", 1));
      // celu is elu where alpha is 1, and no function of DL4J elsewhere.
      case "celu" -> activation.parameter("alpha", 1) == 1 ? elu(1) : null;
      case "selu" -> plain("SELU");
      case "sigmoid" -> SIGMOID;
      case "tanh" -> plain("TanH");
      case "hard_tanh" -> plain("HardTanH");
      case "softplus" -> plain("SoftPlus");
      case "softsign" -> plain("SoftSign");
      case "silu", "swish" -> plain("Swish");
      case "mish" -> plain("Mish");
      case "softmax" -> activation.parameter("axis", -1) == -1 ? SOFTMAX : null;
      // DL4J's GELU is x sigmoid(1.702 x), and its precise one has the tanh form with a wrong term.
      default -> null;
    };
  }

  /** DL4J's softmax, over the last axis. */
  static final Tree.Obj SOFTMAX = Dl4jObject.of(PACKAGE + "Softmax").tree();

  private static Tree.Obj plain(String name) {
    return Dl4jObject.of(PACKAGE + name).tree();
  }

  private static Tree.Obj relu(Activation activation) {
    double max = activation.parameter("max_value", Double.POSITIVE_INFINITY);
    return relu(
        Double.isInfinite(max) ? null : max,
        activation.parameter("negative_slope", 0),
        activation.parameter("threshold", 0));
  }

  /** DL4J's ReLU; a property that is null is not set. */
  static Tree.Obj relu(@Nullable Double max, double negativeSlope, double threshold) {
    boolean pure = negativeSlope == 0 && threshold == 0;
    return Dl4jObject.of(PACKAGE + "ReLU")
        .with("max", max)
        .with("negativeSlope", pure ? null : negativeSlope)
        .with("threshold", pure ? null : threshold)
        .tree();
  }

  /** DL4J's LReLU. */
  static Tree.Obj leakyRelu(double negativeSlope) {
    return Dl4jObject.of(PACKAGE + "LReLU").with("alpha", negativeSlope).tree();
  }

  /** DL4J's ThresholdedReLU. */
  static Tree.Obj thresholdedRelu(double theta) {
    return Dl4jObject.of(PACKAGE + "ThresholdedReLU").with("theta", theta).tree();
  }

  /** DL4J's ELU. */
  static Tree.Obj elu(double alpha) {
    return Dl4jObject.of(PACKAGE + "ELU").with("alpha", alpha).tree();
  }
}
