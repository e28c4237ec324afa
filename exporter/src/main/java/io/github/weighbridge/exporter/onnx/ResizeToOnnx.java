package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code Resize} by scales. Its defaults are PyTorch's, so every mode is written out. */
final class ResizeToOnnx implements OnnxTranslator<Resize> {

  @Override
  public void translate(Resize op, Step step, OnnxContext onnx) {
    WindowAttributes.requireChannelsFirst(step, op.channelAxis());
    if (op.method() == Resize.Method.CUBIC && op.factors().size() != 2) {
      onnx.unsupported(
          step,
          "cubic interpolation must have two spatial axes",
          op.factors().size() + " of them",
          "interpolate linearly");
    }
    float[] scales = new float[op.factors().size() + 2];
    scales[0] = 1;
    scales[1] = 1;
    for (int i = 0; i < op.factors().size(); i++) {
      scales[i + 2] = op.factors().get(i);
    }
    String factors =
        onnx.constants()
            .derived(
                List.of("scales", op.factors()),
                "scales" + op.factors(),
                () -> WeightRef.of(Tensor.of(scales, scales.length)));
    DataType dtype = onnx.dtype(step.output());
    DataType computed = dtype.isFloating() ? dtype : DataType.FLOAT32;
    String x = onnx.cast(step, onnx.in(step, 0), dtype, computed);
    String resized = onnx.node(step, "Resize", List.of(x, "", factors), attributes(op.method()));
    onnx.bind(step.output(), onnx.cast(step, resized, computed, dtype));
  }

  private static Map<String, OnnxAttribute> attributes(Resize.Method method) {
    return switch (method) {
      case NEAREST ->
          Map.of(
              "mode", OnnxAttribute.of("nearest"),
              "coordinate_transformation_mode", OnnxAttribute.of("asymmetric"),
              "nearest_mode", OnnxAttribute.of("floor"));
      case LINEAR ->
          Map.of(
              "mode", OnnxAttribute.of("linear"),
              "coordinate_transformation_mode", OnnxAttribute.of("half_pixel"));
      case CUBIC ->
          Map.of(
              "mode", OnnxAttribute.of("cubic"),
              "coordinate_transformation_mode", OnnxAttribute.of("half_pixel"),
              "cubic_coeff_a", OnnxAttribute.of(-0.5),
              "exclude_outside", OnnxAttribute.of(1));
    };
  }
}
