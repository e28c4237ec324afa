package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code Pad}: all sizes before, then all after, as an input. */
final class PadToOnnx implements OnnxTranslator<Pad> {

  @Override
  public void translate(Pad op, Step step, OnnxContext onnx) {
    List<Long> pads = new ArrayList<>(op.begin());
    pads.addAll(op.end());
    DataType dtype = onnx.dtype(step.output());
    DataType computed = OnnxPrecision.arithmetic(dtype);
    List<String> inputs = new ArrayList<>();
    inputs.add(onnx.cast(step, onnx.in(step, 0), dtype, computed));
    inputs.add(onnx.ints(pads));
    if (op.mode() == Pad.Mode.CONSTANT && op.value() != 0) {
      inputs.add(onnx.scalar(computed, op.value()));
    }
    String mode =
        switch (op.mode()) {
          case CONSTANT -> "constant";
          case REFLECT -> "reflect";
          case EDGE -> "edge";
        };
    String padded = onnx.node(step, "Pad", inputs, Map.of("mode", OnnxAttribute.of(mode)));
    onnx.bind(step.output(), onnx.cast(step, padded, computed, dtype));
  }
}
