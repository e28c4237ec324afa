package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** One step of a recurrent layer in nodes, as {@link Recurrent} defines it. */
final class RecurrentBody {

  private final Recurrent op;
  private final Step step;
  private final OnnxContext onnx;
  private final DataType dtype;

  RecurrentBody(Recurrent op, Step step, OnnxContext onnx, DataType dtype) {
    this.op = op;
    this.step = step;
    this.onnx = onnx;
    this.dtype = dtype;
  }

  /**
   * The next states.
   *
   * @param h the state
   * @param c the cell state of LSTM
   * @param x the projected input of all gates
   * @param kernels the recurrent kernel; two for GRU that resets before
   * @param bias of the recurrent part, or empty
   */
  List<String> step(String h, String c, String x, List<String> kernels, String bias) {
    return switch (op.cell()) {
      case SIMPLE -> List.of(activated(add(x, multiply(h, kernels.get(0)))));
      case LSTM -> lstm(h, c, x, kernels.get(0));
      case GRU ->
          List.of(
              op.resetAfter() ? gruAfter(h, x, kernels.get(0), bias) : gruBefore(h, x, kernels));
    };
  }

  private List<String> lstm(String h, String c, String x, String kernel) {
    List<String> gates = split(add(x, multiply(h, kernel)), 1, 1, 1, 1);
    String kept = mul(gate(gates.get(1)), c);
    String added = mul(gate(gates.get(0)), activated(gates.get(2)));
    String nextCell = add(kept, added);
    return List.of(mul(gate(gates.get(3)), activated(nextCell)), nextCell);
  }

  private String gruAfter(String h, String x, String kernel, String bias) {
    String product = multiply(h, kernel);
    List<String> inputs = split(x, 2, 1);
    List<String> states = split(bias.isEmpty() ? product : add(product, bias), 2, 1);
    List<String> gates = split(gate(add(inputs.get(0), states.get(0))), 1, 1);
    String candidate = activated(add(inputs.get(1), mul(gates.get(1), states.get(1))));
    return mixed(gates.get(0), h, candidate);
  }

  private String gruBefore(String h, String x, List<String> kernels) {
    List<String> inputs = split(x, 2, 1);
    List<String> gates = split(gate(add(inputs.get(0), multiply(h, kernels.get(0)))), 1, 1);
    String reset = multiply(mul(gates.get(1), h), kernels.get(1));
    return mixed(gates.get(0), h, activated(add(inputs.get(1), reset)));
  }

  /** {@code z h + (1 - z) candidate}. */
  private String mixed(String z, String h, String candidate) {
    String rest = onnx.node(step, "Sub", onnx.scalar(dtype, 1), z);
    return add(mul(z, h), mul(rest, candidate));
  }

  private String gate(String x) {
    return apply(op.recurrentActivation(), x);
  }

  private String activated(String x) {
    return apply(op.activation(), x);
  }

  private String apply(Unary function, String x) {
    return UnaryToOnnx.apply(function, step, onnx, x, dtype);
  }

  private String add(String a, String b) {
    return onnx.node(step, "Add", a, b);
  }

  private String mul(String a, String b) {
    return onnx.node(step, "Mul", a, b);
  }

  private String multiply(String a, String b) {
    return onnx.node(step, "MatMul", a, b);
  }

  /** Parts of the last axis, each so many times the units wide. */
  private List<String> split(String x, int... parts) {
    long[] sizes = new long[parts.length];
    boolean[] wanted = new boolean[parts.length];
    for (int i = 0; i < parts.length; i++) {
      sizes[i] = (long) parts[i] * op.units();
      wanted[i] = true;
    }
    return onnx.nodes(
        step, "Split", List.of(x, onnx.ints(sizes)), Map.of("axis", OnnxAttribute.of(1)), wanted);
  }
}
