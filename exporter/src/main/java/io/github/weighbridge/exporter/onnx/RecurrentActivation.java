package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.op.Unary;
import java.util.List;
import java.util.Optional;

/**
 * An activation of ONNX's recurrent operators.
 *
 * @param name as the operators spell it
 * @param alpha its first parameter, none or one
 * @param beta its second parameter, none or one
 */
record RecurrentActivation(String name, List<Float> alpha, List<Float> beta) {

  /**
   * The activation for a function, if there is one. Runtimes hand out the lists of parameters to
   * the functions that take some, in order: so each gives exactly those that it takes.
   */
  static Optional<RecurrentActivation> of(Unary function) {
    float a = (float) function.alpha();
    float b = (float) function.beta();
    return switch (function.function()) {
      case TANH -> plain("Tanh");
      case SIGMOID -> plain("Sigmoid");
      case RELU -> plain("Relu");
      case SOFTSIGN -> plain("Softsign");
      case ELU -> with("Elu", a);
      case LEAKY_RELU -> with("LeakyRelu", a);
      case THRESHOLDED_RELU -> with("ThresholdedRelu", a);
      case HARD_SIGMOID -> with("HardSigmoid", a, b);
      case IDENTITY -> with("Affine", 1, 0);
      // Softplus would be there, but ONNX Runtime's overflows above 88: left to the loop.
      default -> Optional.empty();
    };
  }

  private static Optional<RecurrentActivation> plain(String name) {
    return Optional.of(new RecurrentActivation(name, List.of(), List.of()));
  }

  private static Optional<RecurrentActivation> with(String name, float alpha) {
    return Optional.of(new RecurrentActivation(name, List.of(alpha), List.of()));
  }

  private static Optional<RecurrentActivation> with(String name, float alpha, float beta) {
    return Optional.of(new RecurrentActivation(name, List.of(alpha), List.of(beta)));
  }
}
