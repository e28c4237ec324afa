package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Slice;
import java.util.List;
import java.util.Map;

/** {@code Slice}, by Python's rules as well; open ends are the largest and smallest int64. */
final class SliceToOnnx implements OnnxTranslator<Slice> {

  @Override
  public void translate(Slice op, Step step, OnnxContext onnx) {
    onnx.result(
        step,
        "Slice",
        List.of(
            onnx.in(step, 0),
            onnx.ints(op.starts()),
            onnx.ints(op.ends()),
            onnx.ints(op.axes()),
            onnx.ints(op.steps())),
        Map.of());
  }
}
