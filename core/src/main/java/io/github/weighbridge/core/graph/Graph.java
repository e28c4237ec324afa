package io.github.weighbridge.core.graph;

import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes in topological order, each value produced once. Immutable and thread-safe.
 *
 * @param name for people
 * @param inputs what is given, structured as the model takes it
 * @param constants values that are known: weights and numbers (empty in graphs of layers)
 * @param nodes in topological order
 * @param outputs what is returned, structured as the model gives it
 * @param outputNames the outputs' names for people and files, flattened; unique
 */
public record Graph(
    String name,
    Argument inputs,
    Map<Value, WeightRef> constants,
    List<Node> nodes,
    Argument outputs,
    List<String> outputNames) {

  /** Copies the collections. */
  public Graph {
    constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    nodes = List.copyOf(nodes);
    outputNames = List.copyOf(outputNames);
  }

  /**
   * A graph of layers. Outputs are named after the layers that return them, as Keras names them; a
   * second one of the same layer gets {@code _1}, and so on.
   */
  public static Graph ofCalls(String name, Argument inputs, List<Call> calls, Argument outputs) {
    List<String> names = new ArrayList<>();
    for (Value output : outputs.values()) {
      String own =
          calls.stream()
              .filter(call -> call.outputs().contains(output))
              .map(call -> call.name().replaceFirst(":\\d+$", ""))
              .findFirst()
              .orElse(output.name());
      String candidate = own;
      for (int i = 1; names.contains(candidate); i++) {
        candidate = own + "_" + i;
      }
      names.add(candidate);
    }
    return new Graph(name, inputs, Map.of(), List.copyOf(calls), outputs, names);
  }

  /** The inputs, flattened in Keras's order. */
  public List<Value> inputValues() {
    return inputs.values();
  }

  /** The outputs, flattened in Keras's order. */
  public List<Value> outputValues() {
    return outputs.values();
  }

  /**
   * The nodes of a graph of operations.
   *
   * @throws ClassCastException if the graph holds calls of layers
   */
  public List<Step> steps() {
    return nodes.stream().map(Step.class::cast).toList();
  }

  /**
   * The nodes of a graph of layers.
   *
   * @throws ClassCastException if the graph holds operations
   */
  public List<Call> calls() {
    return nodes.stream().map(Call.class::cast).toList();
  }
}
