package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import io.github.weighbridge.formats.onnx.OnnxGraph;
import io.github.weighbridge.formats.onnx.OnnxNode;
import io.github.weighbridge.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code Scan} over axis 1. What the body sees of the outside is no input of it: a body sees the
 * names around it.
 */
final class ScanToOnnx implements OnnxTranslator<Scan> {

  @Override
  public void translate(Scan op, Step step, OnnxContext onnx) {
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < op.states() + op.sequences(); i++) {
      inputs.add(onnx.in(step, i));
    }
    Map<String, OnnxAttribute> attributes = new HashMap<>();
    attributes.put("num_scan_inputs", OnnxAttribute.of(op.sequences()));
    attributes.put("scan_input_axes", timeAxes(op.sequences()));
    int stacked = step.outputs().size() - op.states();
    if (stacked > 0) {
      attributes.put("scan_output_axes", timeAxes(stacked));
    }
    attributes.put("body", new OnnxAttribute.Body(body(op, step, onnx)));
    boolean[] wanted = new boolean[step.outputs().size()];
    // ONNX Runtime (1.29) wants a name for each, used or not.
    Arrays.fill(wanted, true);
    List<String> results = onnx.nodes(step, "Scan", inputs, attributes, wanted);
    for (int i = 0; i < wanted.length; i++) {
      if (onnx.isUsed(step.outputs().get(i))) {
        onnx.bind(step.outputs().get(i), results.get(i));
      }
    }
  }

  private static OnnxAttribute timeAxes(int count) {
    return OnnxAttribute.ofInts(Collections.nCopies(count, 1));
  }

  private static OnnxGraph body(Scan op, Step step, OnnxContext onnx) {
    List<Value> values = op.body().inputValues();
    int carried = op.states() + op.sequences();
    List<OnnxValueInfo> inputs = new ArrayList<>();
    onnx.enter(op.body(), step.operands().subList(carried, values.size()), carried);
    for (Value value : values.subList(0, carried)) {
      inputs.add(info(onnx.name(value), value, onnx));
    }
    List<OnnxValueInfo> outputs = new ArrayList<>();
    List<OnnxNode> nodes =
        onnx.body(
            () -> {
              OnnxTranslators.translate(op.body().steps(), onnx);
              for (Value value : op.body().outputValues()) {
                // A node of its own: a name is given once, and inputs are no outputs.
                String result = onnx.node(step, "Identity", onnx.name(value));
                outputs.add(info(result, value, onnx));
              }
            });
    return new OnnxGraph(onnx.newName(step.name() + "/body"), inputs, Map.of(), nodes, outputs);
  }

  private static OnnxValueInfo info(String name, Value value, OnnxContext onnx) {
    return new OnnxValueInfo(name, new TensorType(onnx.dtype(value), onnx.shape(value)));
  }
}
