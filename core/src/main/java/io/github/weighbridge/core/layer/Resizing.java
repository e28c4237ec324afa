package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's Resizing of images {@code [batch, height, width, channels]}, or channels first.
 *
 * @param interpolation {@code nearest}, {@code bilinear}, {@code bicubic}, {@code lanczos3}, {@code
 *     lanczos5}; in Keras 2 also {@code area}, {@code gaussian}, {@code mitchellcubic}
 * @param cropToAspectRatio whether the middle of the image is cut out in the ratio of the result
 * @param padToAspectRatio whether the image is padded to the ratio of the result
 * @param fillMode what is padded; Keras knows {@code constant} alone
 * @param fillValue the element that is padded
 * @param antialias whether interpolation covers all elements where the result is smaller
 * @param keepsIntegers whether whole numbers stay such, rounded (Keras 3), or become the type that
 *     the layer computes in (Keras 2)
 */
public record Resizing(
    int height,
    int width,
    String interpolation,
    boolean cropToAspectRatio,
    boolean padToAspectRatio,
    String fillMode,
    double fillValue,
    boolean antialias,
    DataFormat dataFormat,
    boolean keepsIntegers)
    implements Layer {

  /** Checks the sizes. */
  public Resizing {
    Rules.require(height > 0 && width > 0, "height and width must be positive");
  }

  /** Whether the image is brought to the ratio of the result first. */
  public boolean isFitted() {
    return cropToAspectRatio || padToAspectRatio;
  }

  /** The type of the result. */
  public DataType resultType(DataType input, DataType compute) {
    return keepsIntegers && input.isInteger() ? input : compute;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Rules.require(
        !(cropToAspectRatio && padToAspectRatio),
        "only one of crop_to_aspect_ratio and pad_to_aspect_ratio can be true");
    Rules.require(
        !padToAspectRatio || fillMode.equals("constant"),
        "fill_mode must be 'constant', got '" + fillMode + "'");
    Shape shape = resized(call.shapeOfRank(4), dataFormat, height, width);
    DataType dtype = resultType(call.input().dtype(), call.computeType());
    return List.of(new TensorType(dtype, shape));
  }

  /** The shape of an image in another size. */
  static Shape resized(Shape image, DataFormat format, int height, int width) {
    return image
        .withDim(WindowShapes.spatialAxis(0, format), Dim.of(height))
        .withDim(WindowShapes.spatialAxis(1, format), Dim.of(width));
  }
}
