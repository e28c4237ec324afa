package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Merge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Operations of two tensors, of a tensor and a number, and activations. */
final class KerasOperationWriter implements LayerWriter<KerasOperation> {

  /** Activations, by the names of the operations; parameters have the same names in both. */
  private static final Map<String, String> ACTIVATIONS =
      Map.ofEntries(
          Map.entry("Celu", "celu"),
          Map.entry("Elu", "elu"),
          Map.entry("Gelu", "gelu"),
          Map.entry("HardSigmoid", "hard_sigmoid"),
          Map.entry("HardSilu", "hard_silu"),
          Map.entry("HardTanh", "hard_tanh"),
          Map.entry("LeakyRelu", "leaky_relu"),
          Map.entry("LogSigmoid", "log_sigmoid"),
          Map.entry("Relu", "relu"),
          Map.entry("Relu6", "relu6"),
          Map.entry("Selu", "selu"),
          Map.entry("Sigmoid", "sigmoid"),
          Map.entry("Silu", "silu"),
          Map.entry("SoftShrink", "soft_shrink"),
          Map.entry("Softplus", "softplus"),
          Map.entry("Softsign", "softsign"),
          Map.entry("SparseSigmoid", "sparse_sigmoid"),
          Map.entry("Tanh", "tanh"),
          Map.entry("TanhShrink", "tanh_shrink"));

  @Override
  public ChannelRule channels(KerasOperation layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(KerasOperation layer, LayerCall call) {
    List<Edge> tensors = call.tensors();
    String activation = ACTIVATIONS.get(layer.function().name());
    if (activation != null) {
      return ActivationLayerWriter.write(activation(activation, layer, call), call);
    }
    if (tensors.size() == 2 && call.arguments().positional().size() == 2) {
      return twoTensors(layer, call, tensors);
    }
    Optional<Double> number =
        call.arguments().positional().stream()
            .filter(a -> a instanceof Argument.Literal)
            .map(a -> ((Argument.Literal) a).value().asDouble())
            .flatMap(Optional::stream)
            .findFirst();
    if (tensors.size() == 1 && number.isPresent()) {
      return tensorAndNumber(layer, call, tensors.get(0), number.get());
    }
    if (layer.function().name().equals("Negative")) {
      return call.network().vertex(call.name(), Vertices.scale(-1), call.inputNames());
    }
    return unknown(layer, call);
  }

  private static Activation activation(String name, KerasOperation layer, LayerCall call) {
    Map<String, Double> parameters = new TreeMap<>();
    layer
        .function()
        .bind(layer.arguments(), call.arguments())
        .forEach(
            (parameter, argument) -> {
              if (argument instanceof Argument.Literal literal) {
                literal.value().asDouble().ifPresent(v -> parameters.put(parameter, v));
                literal.value().asBoolean().ifPresent(v -> parameters.put(parameter, v ? 1.0 : 0));
              }
            });
    return new Activation(name, parameters);
  }

  private static String twoTensors(KerasOperation layer, LayerCall call, List<Edge> tensors) {
    return switch (layer.function().name()) {
      case "Add" -> MergeWriter.write(Merge.Kind.ADD, call, tensors);
      case "Subtract" -> MergeWriter.write(Merge.Kind.SUBTRACT, call, tensors);
      case "Multiply" -> MergeWriter.write(Merge.Kind.MULTIPLY, call, tensors);
      case "Maximum" -> MergeWriter.write(Merge.Kind.MAXIMUM, call, tensors);
      case "Minimum" -> MergeWriter.write(Merge.Kind.MINIMUM, call, tensors);
      default -> unknown(layer, call);
    };
  }

  private static String tensorAndNumber(
      KerasOperation layer, LayerCall call, Edge tensor, double number) {
    boolean numberFirst = call.arguments().positional().get(0) instanceof Argument.Literal;
    Dl4jObject vertex =
        switch (layer.function().name()) {
          case "Add" -> Vertices.shift(number);
          case "Subtract" -> numberFirst ? null : Vertices.shift(-number);
          case "Multiply" -> Vertices.scale(number);
          case "Divide", "TrueDivide", "tf.math.truediv" ->
              numberFirst ? null : Vertices.scale(1 / number);
          default -> null;
        };
    return vertex == null
        ? unknown(layer, call)
        : call.network().vertex(call.name(), vertex, List.of(tensor.vertex()));
  }

  private static String unknown(KerasOperation layer, LayerCall call) {
    call.require(false, "must be an operation that DL4J has a vertex for", layer.function().name());
    return call.tensors().get(0).vertex();
  }
}
