package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import java.util.Set;

/**
 * DL4J's activation functions that Keras has no name for, as functions behind their layer. What
 * recurrent layers compute inside has none of them.
 */
final class ComposedFunctions {

  private static final String KEY = "activationFn";

  private static final Set<String> NAMES =
      Set.of(
          "ActivationCube",
          "ActivationGELU",
          "ActivationRReLU",
          "ActivationRationalTanh",
          "ActivationRectifiedTanh");

  private static final Set<String> INSIDE =
      Set.of(
          // Which takes no notice of its own.
          "BatchNormalization",
          "GravesBidirectionalLSTM",
          "GravesLSTM",
          "LSTM",
          "SimpleRnn",
          "VariationalAutoencoder");

  private static final Tree.Obj NONE = Tree.object();

  private ComposedFunctions() {}

  /** Whether the function of a layer is one of them, and stands at its end. */
  static boolean isBehind(ConfigObject layer) {
    return !INSIDE.contains(layer.simpleClass())
        && layer
            .optionalObject(KEY)
            .filter(function -> NAMES.contains(function.simpleClass()))
            .isPresent();
  }

  /** A layer's configuration with the function that changes nothing. */
  static ConfigObject without(ConfigObject layer) {
    Tree.Obj identity =
        Tree.object()
            .with(Dl4jVertex.CLASS, Tree.of("org.nd4j.linalg.activations.impl.ActivationIdentity"));
    return new ConfigObject(layer.tree().with(KEY, identity), layer.place());
  }

  /** The function of a layer, of what the layer gives without it. */
  static Signal apply(VertexReading layer, Signal signal) {
    ConfigObject function = layer.config().object(KEY);
    Value x = signal.value();
    Value result =
        switch (function.simpleClass()) {
          case "ActivationCube" -> layer.function("Power", NONE, x, 3.0);
          case "ActivationGELU" ->
              function.flag("precise", false) ? preciseGelu(layer, x) : gelu(layer, x);
          // In prediction DL4J takes the larger of the number and the mean slope.
          case "ActivationRReLU" ->
              layer.function(
                  "Maximum",
                  NONE,
                  x,
                  (function.number("l", 1.0 / 8) + function.number("u", 1.0 / 3)) / 2);
          case "ActivationRationalTanh" -> rationalTanh(layer, x);
          default -> layer.function("Relu", NONE, layer.function("Tanh", NONE, x));
        };
    return new Signal(result, signal.view());
  }

  /** {@code x sigmoid(1.702 x)}. */
  private static Value gelu(VertexReading layer, Value x) {
    Value gate = layer.function("Sigmoid", NONE, layer.function("Multiply", NONE, x, 1.702));
    return layer.function("Multiply", NONE, x, gate);
  }

  /** {@code 0.5 x (1 + tanh(sqrt(2 / pi) (x + (0.044715 x)^3)))}, with the factor in the cube. */
  private static Value preciseGelu(VertexReading layer, Value x) {
    Value cube = layer.function("Power", NONE, layer.function("Multiply", NONE, x, 0.044715), 3.0);
    Value sum = layer.function("Add", NONE, x, cube);
    Value tanh =
        layer.function("Tanh", NONE, layer.function("Multiply", NONE, sum, Math.sqrt(2 / Math.PI)));
    Value gate = layer.function("Add", NONE, tanh, 1.0);
    return layer.function("Multiply", NONE, layer.function("Multiply", NONE, x, 0.5), gate);
  }

  /**
   * {@code 1.7159 f(2 x / 3)} with {@code f(y) = sign(y) (1 - 1 / (1 + |y| + y^2 + 1.41645 y^4))}.
   */
  private static Value rationalTanh(VertexReading layer, Value x) {
    Value y = layer.function("Multiply", NONE, x, 2.0 / 3);
    Value size = layer.function("Abs", NONE, y);
    Value square = layer.function("Multiply", NONE, y, y);
    Value fourth =
        layer.function("Multiply", NONE, layer.function("Multiply", NONE, square, square), 1.41645);
    Value sum = layer.function("Add", NONE, layer.function("Add", NONE, size, square), fourth);
    // 1 - 1 / (1 + s) is s / (1 + s).
    Value part = layer.function("Divide", NONE, sum, layer.function("Add", NONE, sum, 1.0));
    Value signed = layer.function("Multiply", NONE, layer.function("Sign", NONE, y), part);
    return layer.function("Multiply", NONE, signed, 1.7159);
  }
}
