package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import io.github.weighbridge.formats.onnx.OnnxGraph;
import io.github.weighbridge.formats.onnx.OnnxNode;
import io.github.weighbridge.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A recurrent layer as a {@code Scan} whose body is one step: for activations that ONNX's recurrent
 * operators do not have.
 *
 * <p>The product with the input kernel is taken for all steps at once outside. Where lengths are
 * given, each step also gets a mask {@code step < length}: past the length the state stays and the
 * output is zero. So walking backwards over everything is walking backwards within the length.
 */
final class RecurrentScan {

  private final Recurrent op;
  private final Step step;
  private final OnnxContext onnx;
  private final DataType dtype;
  private final Dim batch;

  RecurrentScan(Recurrent op, Step step, OnnxContext onnx) {
    this.op = op;
    this.step = step;
    this.onnx = onnx;
    this.dtype = onnx.dtype(step.operand(0));
    this.batch = onnx.shape(step.operand(0)).dim(0);
  }

  void translate() {
    boolean lstm = op.cell() == Recurrent.Cell.LSTM;
    boolean masked = step.operandOrNull(4) != null;
    List<String> inputs = new ArrayList<>();
    inputs.add(initial(5));
    if (lstm) {
      inputs.add(initial(6));
    }
    inputs.add(projected());
    if (masked) {
      inputs.add(mask());
    }
    int scanned = masked ? 2 : 1;
    long direction = op.reverse() ? 1 : 0;
    Map<String, OnnxAttribute> attributes = new HashMap<>();
    attributes.put("num_scan_inputs", OnnxAttribute.of(scanned));
    attributes.put(
        "scan_input_directions",
        masked ? OnnxAttribute.ofInts(direction, direction) : OnnxAttribute.ofInts(direction));
    // Written from the end, the outputs stand in the order of the steps again.
    attributes.put("scan_output_directions", OnnxAttribute.ofInts(direction));
    attributes.put("body", new OnnxAttribute.Body(body(lstm, masked)));
    boolean[] wanted = lstm ? new boolean[] {true, true, true} : new boolean[] {true, true};
    List<String> results = onnx.nodes(step, "Scan", inputs, attributes, wanted);
    String all = results.get(results.size() - 1);
    bindIfUsed(0, onnx.transposed(step, all, 1, 0, 2));
    for (int i = 1; i < step.outputs().size(); i++) {
      bindIfUsed(i, results.get(i - 1));
    }
  }

  private void bindIfUsed(int output, String result) {
    Value value = step.outputs().get(output);
    if (onnx.isUsed(value)) {
      onnx.bind(value, result);
    }
  }

  // Outside of the loop.

  private String initial(int operand) {
    Value state = step.operandOrNull(operand);
    if (state != null) {
      return onnx.name(state);
    }
    String size = onnx.dimension(step, step.operand(0), 0);
    String shape =
        onnx.node(
            step,
            "Concat",
            List.of(size, onnx.ints(op.units())),
            Map.of("axis", OnnxAttribute.of(0)));
    return onnx.node(step, "Expand", onnx.scalar(dtype, 0), shape);
  }

  /** {@code x W + b} of every step, time first. */
  private String projected() {
    String x = onnx.transposed(step, onnx.in(step, 0), 1, 0, 2);
    String product = onnx.node(step, "MatMul", x, onnx.in(step, 1));
    Value bias = step.operandOrNull(3);
    if (bias == null) {
      return product;
    }
    String row = bias.type().rank() == 2 ? biasRow(bias, 0) : onnx.name(bias);
    return onnx.node(step, "Add", product, row);
  }

  private String biasRow(Value bias, int row) {
    return onnx.node(step, "Gather", onnx.name(bias), onnx.scalar(DataType.INT64, row));
  }

  /** {@code step < length}, {@code [time, batch, 1]}. */
  private String mask() {
    Value lengths = step.operand(4);
    String time = onnx.dimension(step, step.operand(0), 1);
    String end = onnx.node(step, "Squeeze", time, onnx.ints(0));
    String steps =
        onnx.node(
            step, "Range", onnx.scalar(DataType.INT64, 0), end, onnx.scalar(DataType.INT64, 1));
    String column = onnx.node(step, "Unsqueeze", steps, onnx.ints(1));
    String limits = onnx.cast(step, onnx.name(lengths), onnx.dtype(lengths), DataType.INT64);
    String within = onnx.node(step, "Less", column, limits);
    return onnx.node(step, "Unsqueeze", within, onnx.ints(2));
  }

  // The body.

  /** What one step works on. */
  private record Now(String h, String c, String x, String mask) {}

  private OnnxGraph body(boolean lstm, boolean masked) {
    TensorType state = new TensorType(dtype, Shape.of(batch, Dim.of(op.units())));
    TensorType gates =
        new TensorType(dtype, Shape.of(batch, Dim.of((long) op.cell().gates() * op.units())));
    Now now = new Now(name("h"), name("c"), name("x"), name("mask"));
    List<OnnxValueInfo> inputs = new ArrayList<>();
    inputs.add(new OnnxValueInfo(now.h(), state));
    if (lstm) {
      inputs.add(new OnnxValueInfo(now.c(), state));
    }
    inputs.add(new OnnxValueInfo(now.x(), gates));
    if (masked) {
      inputs.add(
          new OnnxValueInfo(now.mask(), new TensorType(DataType.BOOL, Shape.of(batch, Dim.of(1)))));
    }
    RecurrentBody cell = new RecurrentBody(op, step, onnx, dtype);
    String recurrentBias = op.resetAfter() ? recurrentBias() : "";
    List<String> recurrentKernels = recurrentKernels();
    List<OnnxValueInfo> outputs = new ArrayList<>();
    List<OnnxNode> nodes =
        onnx.body(
            () -> {
              List<String> next =
                  cell.step(now.h(), now.c(), now.x(), recurrentKernels, recurrentBias);
              List<String> old = List.of(now.h(), now.c());
              for (int i = 0; i < next.size(); i++) {
                String kept =
                    masked
                        ? onnx.node(step, "Where", now.mask(), next.get(i), old.get(i))
                        : next.get(i);
                outputs.add(new OnnxValueInfo(kept, state));
              }
              // An output of its own, even where it is the state: names are given once.
              String all =
                  masked
                      ? onnx.node(step, "Where", now.mask(), next.get(0), onnx.scalar(dtype, 0))
                      : onnx.node(step, "Identity", next.get(0));
              outputs.add(new OnnxValueInfo(all, state));
            });
    return new OnnxGraph(name("body"), inputs, Map.of(), nodes, outputs);
  }

  private String name(String what) {
    return onnx.newName(step.name() + "/" + what);
  }

  private String recurrentBias() {
    Value bias = step.operandOrNull(3);
    return bias == null || bias.type().rank() != 2 ? "" : biasRow(bias, 1);
  }

  /** The recurrent kernel; GRU that resets before has it in two: of the gates, of the candidate. */
  private List<String> recurrentKernels() {
    String kernel = onnx.in(step, 2);
    if (op.cell() != Recurrent.Cell.GRU || op.resetAfter()) {
      return List.of(kernel);
    }
    long gates = 2L * op.units();
    return List.of(
        onnx.node(step, "Slice", kernel, onnx.ints(0), onnx.ints(gates), onnx.ints(1)),
        onnx.node(
            step, "Slice", kernel, onnx.ints(gates), onnx.ints(gates + op.units()), onnx.ints(1)));
  }
}
