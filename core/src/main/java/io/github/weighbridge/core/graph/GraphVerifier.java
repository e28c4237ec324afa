package io.github.weighbridge.core.graph;

import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what every graph promises: each value is made once and before it is used, names are
 * unique, constants have the type of their weight, steps the types that their operations infer,
 * outputs exist and have one name each. For tests and for whoever writes a pass or an importer; a
 * broken promise is a bug of ours, never of a file.
 */
public final class GraphVerifier {

  private final Graph graph;
  private final List<String> problems = new ArrayList<>();
  private final Set<Value> made = new HashSet<>();
  private final Set<String> valueNames = new HashSet<>();
  private final Set<String> nodeNames = new HashSet<>();

  private GraphVerifier(Graph graph) {
    this.graph = graph;
  }

  /** Every promise that a graph breaks, as one sentence each; empty for a good one. */
  public static List<String> problems(Graph graph) {
    GraphVerifier verifier = new GraphVerifier(graph);
    verifier.checkInputs();
    graph.nodes().forEach(verifier::checkNode);
    verifier.checkOutputs();
    return List.copyOf(verifier.problems);
  }

  /**
   * The graph itself.
   *
   * @throws IllegalStateException if it breaks a promise, naming every one
   */
  public static Graph require(Graph graph) {
    List<String> problems = problems(graph);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "graph '" + graph.name() + "' is broken: " + String.join("; ", problems));
    }
    return graph;
  }

  private void checkInputs() {
    // A call of InputLayer makes the input of a graph of layers, so there the node makes it.
    Set<Value> returned = new HashSet<>();
    graph.nodes().stream()
        .filter(Call.class::isInstance)
        .forEach(c -> returned.addAll(c.outputs()));
    graph.inputValues().stream().filter(v -> !returned.contains(v)).forEach(this::make);
    for (Map.Entry<Value, WeightRef> constant : graph.constants().entrySet()) {
      make(constant.getKey());
      requireType(constant.getKey(), constant.getValue().type(), "its weight");
    }
  }

  private void checkNode(Node node) {
    if (!nodeNames.add(node.name())) {
      problems.add("two nodes are named '" + node.name() + "'");
    }
    for (Value input : node.inputs()) {
      if (!made.contains(input)) {
        problems.add("'" + node.name() + "' uses '" + input.name() + "' before it is made");
      }
    }
    node.outputs().forEach(this::make);
    if (node instanceof Step step) {
      checkTypes(step);
      if (step.op() instanceof Scan scan) {
        problems(scan.body())
            .forEach(problem -> problems.add("in '" + step.name() + "' " + problem));
      }
    }
  }

  private void checkTypes(Step step) {
    List<@Nullable TensorType> operands = new ArrayList<>();
    for (Value operand : step.operands()) {
      operands.add(operand == null ? null : operand.knownType().orElse(null));
    }
    List<TensorType> inferred;
    try {
      inferred = step.op().outputTypes(operands);
    } catch (IllegalArgumentException e) {
      problems.add("'" + step.name() + "' has operands that do not fit: " + e.getMessage());
      return;
    }
    if (inferred.size() != step.outputs().size()) {
      problems.add(
          "'"
              + step.name()
              + "' makes "
              + inferred.size()
              + " values, not "
              + step.outputs().size());
      return;
    }
    for (int i = 0; i < inferred.size(); i++) {
      requireType(step.outputs().get(i), inferred.get(i), "its operation");
    }
  }

  private void checkOutputs() {
    List<Value> outputs = graph.outputValues();
    for (Value output : outputs) {
      if (!made.contains(output)) {
        problems.add("output '" + output.name() + "' is never made");
      }
    }
    if (graph.outputNames().size() != outputs.size()) {
      problems.add(outputs.size() + " outputs have " + graph.outputNames().size() + " names");
    }
    if (Set.copyOf(graph.outputNames()).size() != graph.outputNames().size()) {
      problems.add("output names are not unique: " + graph.outputNames());
    }
  }

  private void make(Value value) {
    if (!made.add(value)) {
      problems.add("'" + value.name() + "' is made twice");
    } else if (!valueNames.add(value.name())) {
      problems.add("two values are named '" + value.name() + "'");
    }
  }

  private void requireType(Value value, TensorType expected, String source) {
    if (!value.knownType().equals(Optional.of(expected))) {
      problems.add("'" + value + "' has another type than " + source + ", " + expected);
    }
  }
}
