package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code MaxPool} and {@code AveragePool} (which does not count padding unless told to). */
final class PoolToOnnx implements OnnxTranslator<Pool> {

  /** Since when a mean can have gaps in its window. */
  private static final int DILATED_AVERAGE = 19;

  @Override
  public void translate(Pool op, Step step, OnnxContext onnx) {
    WindowAttributes.requireChannelsFirst(step, op.channelAxis());
    Map<String, OnnxAttribute> attributes = WindowAttributes.of(op.window(), step, onnx);
    boolean average = op.kind() == Pool.Kind.AVERAGE;
    // ONNX Runtime (1.29) joins a Pad of zeros before the pool with explicit pads: MaxPool takes
    // them
    // for minus infinity, and refuses sums that reach the size of its window.
    if (op.window().padding().isNone()) {
      automatic(attributes, "VALID");
    } else if (!attributes.containsKey("dilations")
        && WindowAttributes.isSame(op.window(), onnx.shape(step.operand(0)).dims())) {
      automatic(attributes, "SAME_UPPER");
    }
    if (average && attributes.containsKey("dilations")) {
      onnx.requireOpset(
          DILATED_AVERAGE,
          step,
          "average pooling must have no dilation",
          "dilations " + op.window().dilations() + " for ");
    }
    DataType dtype = onnx.dtype(step.output());
    // Pools take floating-point numbers only.
    DataType computed = dtype.isFloating() ? dtype : DataType.FLOAT32;
    String x = onnx.cast(step, onnx.in(step, 0), dtype, computed);
    String pooled = onnx.node(step, average ? "AveragePool" : "MaxPool", List.of(x), attributes);
    onnx.bind(step.output(), onnx.cast(step, pooled, computed, dtype));
  }

  private static void automatic(Map<String, OnnxAttribute> attributes, String padding) {
    attributes.remove("pads");
    attributes.put("auto_pad", OnnxAttribute.of(padding));
  }
}
