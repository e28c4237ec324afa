package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Activation;
import java.util.List;

/** Functions of single elements that DL4J has not, composed of those that it has. */
final class ComposedActivations {

  private static final double GELU_SLOPE = 2 * Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBE = 0.044715;

  private final LayerCall call;
  private final String x;

  private ComposedActivations(LayerCall call) {
    this.call = call;
    this.x = call.input();
  }

  /** Whether a function is one of them. */
  static boolean has(Activation function) {
    return switch (function.name()) {
      case "gelu" -> function.parameter("approximate", 0) != 0;
      case "hard_silu", "log_sigmoid", "soft_shrink", "tanh_shrink" -> true;
      default -> false;
    };
  }

  /** Writes a function of a call's input, under the call's name. */
  static String write(Activation function, LayerCall call) {
    ComposedActivations composed = new ComposedActivations(call);
    return switch (function.name()) {
      case "gelu" -> composed.gelu();
      case "hard_silu" -> composed.hardSilu();
      case "log_sigmoid" -> composed.logSigmoid();
      case "soft_shrink" -> composed.softShrink(function.parameter("threshold", 0.5));
      default -> composed.tanhShrink();
    };
  }

  /** {@code x sigmoid(2 sqrt(2 / pi) (x + 0.044715 x^3))}, which is the form by tanh. */
  private String gelu() {
    String cube = applied("/cube", Activations.CUBE, x);
    String bent = combined("/bent", "Add", x, vertex("/part", Vertices.scale(GELU_CUBE), cube));
    String slope = vertex("/slope", Vertices.scale(GELU_SLOPE), bent);
    return combined("", "Product", x, applied("/gate", Activations.SIGMOID, slope));
  }

  /** {@code x hard_sigmoid(x)}. */
  private String hardSilu() {
    Activations.Mapped gate = call.activation(Activation.of("hard_sigmoid"));
    String slope = vertex("/slope", Vertices.scale(gate.inputScale()), x);
    return combined("", "Product", x, applied("/gate", gate.function(), slope));
  }

  /** {@code -softplus(-x)}. */
  private String logSigmoid() {
    Tree.Obj softplus = call.activation(Activation.of("softplus")).function();
    String opposite = vertex("/opposite", Vertices.scale(-1), x);
    return vertex("", Vertices.scale(-1), applied("/softplus", softplus, opposite));
  }

  /** {@code relu(x - threshold) - relu(-x - threshold)}. */
  private String softShrink(double threshold) {
    String opposite = vertex("/opposite", Vertices.scale(-1), x);
    return combined(
        "", "Subtract", beyond("/above", threshold, x), beyond("/below", threshold, opposite));
  }

  private String beyond(String step, double threshold, String of) {
    Tree.Obj relu = Activations.relu(null, 0, 0);
    return applied(step, relu, vertex(step + "_part", Vertices.shift(-threshold), of));
  }

  /** {@code x - tanh(x)}. */
  private String tanhShrink() {
    Tree.Obj tanh = call.activation(Activation.of("tanh")).function();
    return combined("", "Subtract", x, applied("/tanh", tanh, x));
  }

  private String applied(String step, Tree.Obj function, String of) {
    Dl4jObject layer = LayerTemplates.activation(function);
    return call.network().layer(call.name() + step, layer, List.of(), of, null);
  }

  private String vertex(String step, Dl4jObject config, String of) {
    return call.network().vertex(call.name() + step, config, List.of(of));
  }

  private String combined(String step, String op, String left, String right) {
    return call.network()
        .vertex(call.name() + step, Vertices.elementWise(op), List.of(left, right));
  }
}
