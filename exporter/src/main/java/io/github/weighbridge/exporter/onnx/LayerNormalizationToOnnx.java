package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.LayerNormalization;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code LayerNormalization}, composed of means before there is an operator. */
final class LayerNormalizationToOnnx implements OnnxTranslator<LayerNormalization> {

  private static final int SINCE = 17;

  @Override
  public void translate(LayerNormalization op, Step step, OnnxContext onnx) {
    if (onnx.opset() < SINCE) {
      composed(op, step, onnx);
      return;
    }
    onnx.result(
        step,
        "LayerNormalization",
        List.of(onnx.in(step, 0), onnx.in(step, 1), onnx.inOrNone(step, 2)),
        Map.of("axis", OnnxAttribute.of(op.axis()), "epsilon", OnnxAttribute.of(op.epsilon())));
  }

  private static void composed(LayerNormalization op, Step step, OnnxContext onnx) {
    DataType dtype = onnx.dtype(step.output());
    Map<String, OnnxAttribute> overAxes =
        Map.of(
            "axes",
            OnnxAttribute.ofInts(
                IntStream.range(op.axis(), step.operand(0).type().rank()).boxed().toList()));
    String x = onnx.in(step, 0);
    String mean = onnx.node(step, "ReduceMean", List.of(x), overAxes);
    String centred = onnx.node(step, "Sub", x, mean);
    String squares = onnx.node(step, "Mul", centred, centred);
    String variance = onnx.node(step, "ReduceMean", List.of(squares), overAxes);
    String shifted = onnx.node(step, "Add", variance, onnx.scalar(dtype, op.epsilon()));
    String normal = onnx.node(step, "Div", centred, onnx.node(step, "Sqrt", shifted));
    String scaled = onnx.node(step, "Mul", normal, onnx.in(step, 1));
    String beta = onnx.inOrNone(step, 2);
    onnx.bind(step.output(), beta.isEmpty() ? scaled : onnx.node(step, "Add", scaled, beta));
  }
}
