package io.github.weighbridge.core.graph;

import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.op.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A graph of operations as text, one line per step: what it makes, the operation with its
 * attributes, its operands; the body of a loop stands below it, indented. Constants stand with
 * their type, never with their elements. The same graph always gives the same text, for tests and
 * for people. (Graphs of layers are printed with their model, by {@link
 * io.github.weighbridge.core.model.ModelPrinter}.)
 *
 * <pre>{@code
 * input x: float32[batch, 4]
 * constant dense/kernel: float32[4, 2]
 * dense/matmul: float32[batch, 2] = MatMul(x, dense/kernel)
 * return dense/matmul
 * }</pre>
 */
public final class GraphPrinter {

  private GraphPrinter() {}

  /** The text of a graph of operations; lines end with a line feed. */
  public static String print(Graph graph) {
    List<String> lines = new ArrayList<>();
    graph.inputValues().forEach(value -> lines.add("input " + value));
    graph.constants().keySet().forEach(value -> lines.add("constant " + value));
    for (Step step : graph.steps()) {
      lines.add(line(step));
      if (step.op() instanceof Scan scan) {
        print(scan.body()).lines().forEach(line -> lines.add("  " + line));
      }
    }
    lines.add("return " + names(graph.outputValues()));
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String line(Step step) {
    String made = step.outputs().stream().map(Value::toString).collect(Collectors.joining(", "));
    String operands =
        step.operands().stream()
            .map(operand -> operand == null ? "-" : operand.name())
            .collect(Collectors.joining(", "));
    return made + " = " + step.op().name() + attributes(step.op()) + "(" + operands + ")";
  }

  private static String names(List<Value> values) {
    return values.stream().map(Value::name).collect(Collectors.joining(", "));
  }

  /** The record's components as {@code {axis=1, log=false}}, without what the name says already. */
  private static String attributes(Operation op) {
    if (op instanceof Unary unary && unary.equals(Unary.of(unary.function()))) {
      return "";
    }
    String text = op.toString();
    String components =
        text.substring(text.indexOf('[') + 1, text.length() - 1)
            .replaceFirst("^function=\\w+(, )?", "");
    return components.isEmpty() ? "" : "{" + components + "}";
  }
}
