package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/**
 * {@code Reshape}: 0 stands for the size at the same axis of the operand, -1 once for what remains;
 * only where these do not reach is the shape put together at run time.
 */
final class ReshapeToOnnx implements OnnxTranslator<Reshape> {

  /** Since when a 0 can mean no elements. */
  private static final int ALLOW_ZERO_SINCE = 14;

  @Override
  public void translate(Reshape op, Step step, OnnxContext onnx) {
    Shape result = onnx.shape(step.output());
    ShapeVector shape = new ShapeVector(step, onnx, op.dims());
    for (int axis = 0; axis < op.dims().size(); axis++) {
      if (shape.isOpen(axis) && result.dim(axis).isFixed()) {
        shape.set(axis, result.dim(axis).size());
      }
    }
    boolean empty = shape.contains(0) && onnx.opset() >= ALLOW_ZERO_SINCE;
    for (int axis = 0; axis < op.dims().size(); axis++) {
      if (shape.isOpen(axis) && isCopy(op.dims().get(axis), axis) && !empty) {
        shape.set(axis, 0);
      }
    }
    boolean oneOpen = shape.open() == 1;
    for (int axis = 0; axis < op.dims().size(); axis++) {
      if (shape.isOpen(axis) && (oneOpen || op.dims().get(axis) instanceof DimSource.Rest)) {
        shape.set(axis, -1);
      }
    }
    onnx.result(
        step,
        "Reshape",
        List.of(onnx.in(step, 0), shape.name()),
        empty ? Map.of("allowzero", OnnxAttribute.of(1)) : Map.of());
  }

  private static boolean isCopy(DimSource source, int axis) {
    return source.equals(new DimSource.Of(0, axis));
  }
}
