package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code Resize} by scales or sizes. Its defaults are PyTorch's, so every mode is written out. */
final class ResizeToOnnx implements OnnxTranslator<Resize> {

  @Override
  public void translate(Resize op, Step step, OnnxContext onnx) {
    WindowAttributes.requireChannelsFirst(step, op.channelAxis());
    if (op.method() == Resize.Method.CUBIC && op.spatialRank() != 2) {
      onnx.unsupported(
          step,
          "cubic interpolation must have two spatial axes",
          op.spatialRank() + " of them",
          "interpolate linearly");
    }
    DataType dtype = onnx.dtype(step.output());
    DataType computed = dtype.isFloating() ? dtype : DataType.FLOAT32;
    String x = onnx.cast(step, onnx.in(step, 0), dtype, computed);
    String resized = onnx.node(step, "Resize", inputs(op, step, onnx, x), attributes(op));
    onnx.bind(step.output(), onnx.cast(step, resized, computed, dtype));
  }

  private static List<String> inputs(Resize op, Step step, OnnxContext onnx, String x) {
    if (op.factors().isEmpty()) {
      List<DimSource> sizes = new ArrayList<>();
      sizes.add(new DimSource.Of(0, 0));
      sizes.add(new DimSource.Of(0, 1));
      op.sizes().forEach(size -> sizes.add(new DimSource.Fixed(size)));
      return List.of(x, "", "", new ShapeVector(step, onnx, sizes).name());
    }
    float[] scales = new float[op.spatialRank() + 2];
    scales[0] = 1;
    scales[1] = 1;
    for (int i = 0; i < op.spatialRank(); i++) {
      scales[i + 2] = op.factors().get(i);
    }
    String factors =
        onnx.constants()
            .derived(
                List.of("scales", op.factors()),
                "scales" + op.factors(),
                () -> WeightRef.of(Tensor.of(scales, scales.length)));
    return List.of(x, "", factors);
  }

  private static Map<String, OnnxAttribute> attributes(Resize op) {
    return switch (op.method()) {
      case NEAREST ->
          op.factors().isEmpty()
              // The element in which a centre lies: half a pixel back, then the nearest above.
              ? Map.of(
                  "mode", OnnxAttribute.of("nearest"),
                  "coordinate_transformation_mode", OnnxAttribute.of("half_pixel"),
                  "nearest_mode", OnnxAttribute.of("round_prefer_ceil"))
              : Map.of(
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
