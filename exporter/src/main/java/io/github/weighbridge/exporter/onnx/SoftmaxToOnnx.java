package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code Softmax} and {@code LogSoftmax}, along one axis since opset 13. */
final class SoftmaxToOnnx implements OnnxTranslator<Softmax> {

  @Override
  public void translate(Softmax op, Step step, OnnxContext onnx) {
    onnx.result(
        step,
        op.log() ? "LogSoftmax" : "Softmax",
        List.of(onnx.in(step, 0)),
        Map.of("axis", OnnxAttribute.of(op.axis())));
  }
}
