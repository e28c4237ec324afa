package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.ArgSort;

/** {@code TopK} of all: among equals it takes the lower index first, so it is a stable sort. */
final class ArgSortToOnnx implements OnnxTranslator<ArgSort> {

  @Override
  public void translate(ArgSort op, Step step, OnnxContext onnx) {
    String all = onnx.dimension(step, step.operand(0), op.axis());
    onnx.bind(step.output(), TopKToOnnx.nodes(step, onnx, op.axis(), all, op.descending()).get(1));
  }
}
