package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code Expand}; a 1 in its shape leaves an axis as it is. */
final class ExpandToOnnx implements OnnxTranslator<Expand> {

  @Override
  public void translate(Expand op, Step step, OnnxContext onnx) {
    ShapeVector shape = new ShapeVector(step, onnx, op.dims());
    Shape x = onnx.shape(step.operand(0));
    int added = op.dims().size() - x.rank();
    for (int axis = 0; axis < op.dims().size(); axis++) {
      if (shape.isOpen(axis) && op.dims().get(axis).equals(new DimSource.Of(0, axis - added))) {
        shape.set(axis, 1);
      }
    }
    onnx.result(step, "Expand", List.of(onnx.in(step, 0), shape.name()), Map.of());
  }
}
