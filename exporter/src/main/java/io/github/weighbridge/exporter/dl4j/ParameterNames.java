package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.List;

/**
 * The names that DL4J has for the parameters of a layer. Its reader goes by them: a
 * BatchNormalization without {@code var} among them is taken to hold logarithms of deviations,
 * whatever its {@code useLogStd} says.
 */
final class ParameterNames {

  private ParameterNames() {}

  /** The names, in DL4J's order; DL4J lists none for wrappers. */
  static List<String> of(Vertex vertex) {
    boolean hasBias = vertex.config().get("hasBias").flatMap(Tree::asBoolean).orElse(false);
    return switch (vertex.simpleClassName()) {
      case "BatchNormalization" -> {
        List<String> names = List.of("gamma", "beta", "mean", "var");
        yield names.subList(names.size() - vertex.parameters().size(), names.size());
      }
      case "LSTM", "SimpleRnn" -> List.of("W", "RW", "b");
      case "Bidirectional" -> List.of("fW", "fRW", "fb", "bW", "bRW", "bb");
      case "ElementWiseMultiplicationLayer" -> List.of("W", "b");
      case "PReLULayer" -> List.of("W");
      case "SeparableConvolution2D" -> withBias(List.of("W", "pW"), hasBias);
      default ->
          vertex.parameters().isEmpty() || isWrapper(vertex)
              ? List.of()
              : withBias(List.of("W"), hasBias);
    };
  }

  private static boolean isWrapper(Vertex vertex) {
    return vertex.config().has("underlying");
  }

  private static List<String> withBias(List<String> weights, boolean hasBias) {
    List<String> names = new ArrayList<>(weights);
    if (hasBias) {
      names.add("b");
    }
    return names;
  }
}
