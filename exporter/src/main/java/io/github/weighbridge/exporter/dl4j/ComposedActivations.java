package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import java.util.Optional;

/** Functions of single elements that DL4J has not, composed of those that it has. */
final class ComposedActivations {

  private static final double TANH_GELU_SLOPE = 2 * Math.sqrt(2 / Math.PI);
  private static final double TANH_GELU_CUBE = 0.044715;

  /** Beyond this float32 has nothing between the normal distribution and 0 or 1. */
  private static final double NORMAL_END = 6;

  /**
   * The normal distribution at {@code 6 x} is {@code sigmoid(x p(x^2))} with this polynomial, the
   * lowest power first: a weighted minimax fit. {@code gelu} differs by 7e-8 from that of real
   * numbers, and evaluated in float32 by 6e-7, where TensorFlow's own differs by 4e-7.
   */
  private static final double[] NORMAL = {
    9.57461059, 15.6964104, -0.515235674, -30.9274394, 79.999062, -96.8281611, 47.1653933
  };

  private final LayerCall call;
  private final String x;
  private final String last;

  private ComposedActivations(LayerCall call, String x, String last) {
    this.call = call;
    this.x = x;
    this.last = last;
  }

  /** Whether a function is one of them. */
  static boolean has(Activation function) {
    return switch (function.name()) {
      case "gelu", "hard_silu", "log_sigmoid", "soft_shrink", "tanh_shrink" -> true;
      default -> false;
    };
  }

  /** The function that a layer ends with, if it is one of them. */
  static Optional<Activation> behind(Layer layer) {
    Activation own = Activation.LINEAR;
    if (layer instanceof Dense dense) {
      own = dense.activation();
    } else if (layer instanceof EinsumDense dense) {
      own = dense.activation();
    } else if (layer instanceof Convolution convolution) {
      own = convolution.activation();
    } else if (layer instanceof DepthwiseConvolution convolution) {
      own = convolution.activation();
    } else if (layer instanceof SeparableConvolution convolution) {
      own = convolution.activation();
    } else if (layer instanceof TransposedConvolution convolution) {
      own = convolution.activation();
    }
    return Optional.of(own).filter(ComposedActivations::has);
  }

  /** Writes a function of a call's input, under the call's name. */
  static String write(Activation function, LayerCall call) {
    return new ComposedActivations(call, call.input(), "").of(function);
  }

  /** Writes the function that a call's layer ends with, of what a vertex has. */
  static String writeBehind(String vertex, Activation function, LayerCall call) {
    return new ComposedActivations(call, vertex, "/activation").of(function);
  }

  private String of(Activation function) {
    return switch (function.name()) {
      case "gelu" -> function.parameter("approximate", 0) == 0 ? gelu() : tanhGelu();
      case "hard_silu" -> hardSilu();
      case "log_sigmoid" -> logSigmoid();
      case "soft_shrink" -> softShrink(function.parameter("threshold", 0.5));
      default -> tanhShrink();
    };
  }

  /** {@code x} times the normal distribution at it. */
  private String gelu() {
    DataType dtype = call.outputTypes().get(0).dtype();
    call.require(
        dtype != DataType.FLOAT64,
        "must have an activation of which DL4J has exactly the values",
        "gelu in float64");
    String part = vertex("/part", Vertices.scale(1 / NORMAL_END), x);
    String limited = applied("/limited", known("hard_tanh"), part);
    String square = combined("/square", "Product", limited, limited);
    String sum = vertex("/power", Vertices.scale(NORMAL[NORMAL.length - 1]), square);
    for (int i = NORMAL.length - 2; i > 0; i--) {
      String shifted = vertex("/shifted", Vertices.shift(NORMAL[i]), sum);
      sum = combined("/power", "Product", shifted, square);
    }
    String slope = vertex("/slope", Vertices.shift(NORMAL[0]), sum);
    return gated(combined("/logit", "Product", limited, slope));
  }

  /** {@code x sigmoid(2 sqrt(2 / pi) (x + 0.044715 x^3))}, which is the form by tanh. */
  private String tanhGelu() {
    String cube = applied("/cube", Activations.CUBE, x);
    String bent =
        combined("/bent", "Add", x, vertex("/part", Vertices.scale(TANH_GELU_CUBE), cube));
    return gated(vertex("/slope", Vertices.scale(TANH_GELU_SLOPE), bent));
  }

  private String gated(String logit) {
    return combined(last, "Product", x, applied("/gate", Activations.SIGMOID, logit));
  }

  /** {@code x hard_sigmoid(x)}. */
  private String hardSilu() {
    Activations.Mapped gate = Activations.of(Activation.of("hard_sigmoid")).orElseThrow();
    String slope = vertex("/slope", Vertices.scale(gate.inputScale()), x);
    return combined(last, "Product", x, applied("/gate", gate.function(), slope));
  }

  /** {@code -softplus(-x)}. */
  private String logSigmoid() {
    String opposite = vertex("/opposite", Vertices.scale(-1), x);
    return vertex(last, Vertices.scale(-1), applied("/softplus", known("softplus"), opposite));
  }

  /** {@code relu(x - threshold) - relu(-x - threshold)}. */
  private String softShrink(double threshold) {
    String opposite = vertex("/opposite", Vertices.scale(-1), x);
    return combined(
        last, "Subtract", beyond("/above", threshold, x), beyond("/below", threshold, opposite));
  }

  private String beyond(String step, double threshold, String of) {
    return applied(step, known("relu"), vertex(step + "_part", Vertices.shift(-threshold), of));
  }

  /** {@code x - tanh(x)}. */
  private String tanhShrink() {
    return combined(last, "Subtract", x, applied("/tanh", known("tanh"), x));
  }

  private static Tree.Obj known(String function) {
    return Activations.of(Activation.of(function)).orElseThrow().function();
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
