package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Operation;

/**
 * An operation that ONNX's standard operators do not compute.
 *
 * @param rule what is told, with the reason
 */
record NoOnnxForm<O extends Operation>(String rule) implements OnnxTranslator<O> {

  @Override
  public void translate(O op, Step step, OnnxContext onnx) {
    onnx.unsupported(step, rule, op.name(), "run the layer before the model");
  }
}
