package io.github.weighbridge.core.model;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.OpaqueLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model as text: its layers with what predictions depend on, then its graphs with the type of
 * each value. The same model always gives the same text, for tests and for people.
 */
public final class ModelPrinter {

  private ModelPrinter() {}

  /** The text of a model; lines end with a line feed. */
  public static String print(Model model) {
    StringBuilder text = new StringBuilder();
    for (LayerInstance layer : model.layers()) {
      text.append(layer.id()).append(' ').append(layer(layer)).append('\n');
    }
    graph("model", model.network(), text);
    for (LayerInstance layer : model.layers()) {
      if (layer.layer() instanceof Network network) {
        graph(layer.id().toString(), network, text);
      }
    }
    return text.toString();
  }

  private static String layer(LayerInstance layer) {
    List<String> parts = new ArrayList<>(List.of(layer.name(), layer.className()));
    configuration(layer.layer())
        .forEach((key, value) -> parts.add(key + "=" + value.asText().orElse(value.toString())));
    layer.children().forEach((key, id) -> parts.add(key + "=" + id));
    if (!layer.trainable()) {
      parts.add("frozen");
    }
    if (!layer.dtype().equals(DtypePolicy.FLOAT32)) {
      parts.add(layer.dtype().name());
    }
    String weights =
        layer.weights().entrySet().stream()
            .map(weight -> weight.getKey() + " " + weight.getValue().type())
            .collect(Collectors.joining(", "));
    return String.join(" ", parts) + (weights.isEmpty() ? "" : "; " + weights);
  }

  /** What predictions depend on: without nulls, and without what only training asks for. */
  private static Map<String, Tree> configuration(Layer layer) {
    if (layer instanceof Network) {
      return Map.of();
    }
    if (layer instanceof OpaqueLayer opaque) {
      return Map.of("opaque", Tree.of("(" + opaque.reason() + ")"));
    }
    if (layer instanceof KerasOperation operation) {
      return operation.arguments().members();
    }
    Tree.Obj config = LayerCatalog.binder().write((Record) layer);
    Tree.Obj fixed =
        LayerCatalog.entry(LayerCatalog.className(layer))
            .map(LayerCatalog.Entry::fixed)
            .orElse(Tree.object());
    return config.members().entrySet().stream()
        .filter(member -> !member.getValue().isNull() && !fixed.has(member.getKey()))
        .filter(member -> !member.getKey().matches(".*_(initializer|regularizer|constraint)$"))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, java.util.LinkedHashMap::new));
  }

  private static void graph(String owner, Network network, StringBuilder text) {
    Graph graph = network.graph();
    text.append(owner).append(" '").append(graph.name()).append("' ");
    text.append(network.className()).append('(').append(argument(graph.inputs())).append(")\n");
    for (Call call : graph.calls()) {
      String outputs =
          call.outputs().stream().map(ModelPrinter::typed).collect(Collectors.joining(", "));
      text.append("  ").append(outputs).append(" = ").append(call.layer());
      text.append('(').append(arguments(call.arguments())).append(")\n");
    }
    text.append("  return ").append(argument(graph.outputs())).append('\n');
  }

  private static String typed(Value value) {
    return value.name() + ": " + value.knownType().map(Object::toString).orElse("unknown");
  }

  private static String arguments(Arguments arguments) {
    List<String> parts = new ArrayList<>();
    arguments.positional().forEach(argument -> parts.add(argument(argument)));
    arguments.keyword().forEach((name, argument) -> parts.add(name + "=" + argument(argument)));
    return String.join(", ", parts);
  }

  private static String argument(Argument argument) {
    if (argument instanceof Argument.Of of) {
      return of.value().name();
    }
    if (argument instanceof Argument.Items items) {
      return items.elements().stream()
          .map(ModelPrinter::argument)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (argument instanceof Argument.Entries entries) {
      return entries.members().entrySet().stream()
          .map(member -> member.getKey() + ": " + argument(member.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return ((Argument.Literal) argument).value().toString();
  }
}
