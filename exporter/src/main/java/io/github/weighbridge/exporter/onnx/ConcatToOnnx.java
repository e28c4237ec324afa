package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code Concat}. */
final class ConcatToOnnx implements OnnxTranslator<Concat> {

  @Override
  public void translate(Concat op, Step step, OnnxContext onnx) {
    List<String> parts = step.inputs().stream().map(onnx::name).toList();
    onnx.result(step, "Concat", parts, Map.of("axis", OnnxAttribute.of(op.axis())));
  }
}
