package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's Conv1DTranspose, Conv2DTranspose and Conv3DTranspose.
 *
 * <p>Weights: kernel {@code [k..., filters, in]}, bias {@code [filters]} if {@code useBias}.
 *
 * @param outputSize the spatial sizes of the output, which Keras 1 was given (Deconvolution2D);
 *     null where they follow from the other options
 */
public record TransposedConvolution(
    int filters,
    List<Integer> kernelSize,
    List<Integer> strides,
    WindowPadding padding,
    @Nullable List<Integer> outputPadding,
    @Nullable List<Integer> outputSize,
    DataFormat dataFormat,
    List<Integer> dilationRate,
    Activation activation,
    boolean useBias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint biasConstraint)
    implements Layer {

  /** Copies the lists. */
  public TransposedConvolution {
    kernelSize = List.copyOf(kernelSize);
    strides = List.copyOf(strides);
    dilationRate = List.copyOf(dilationRate);
    WindowShapes.requireSameRank(kernelSize, strides, dilationRate);
    Rules.require(filters > 0, "filters must be positive");
    Rules.require(
        outputPadding == null || outputPadding.size() == kernelSize.size(),
        "output_padding must have one size per spatial axis");
    Rules.require(
        outputSize == null || outputSize.size() == kernelSize.size(),
        "output_size must have one size per spatial axis");
    Rules.require(padding != WindowPadding.CAUSAL, "padding must be valid or same");
  }

  /** How many spatial axes the image has. */
  public int rank() {
    return kernelSize.size();
  }

  /** How far the kernel reaches along a spatial axis, gaps included. */
  public int extent(int axis) {
    return (kernelSize.get(axis) - 1) * dilationRate.get(axis) + 1;
  }

  /**
   * What is cut off a spatial axis: the full transposed convolution has {@code (in - 1) stride +
   * extent} elements, of which {@code begin} are cut before and {@code end} after (negative: zeros
   * are added there). The sums are Keras's {@code deconv_output_length}; where the cut falls is
   * TensorFlow's: what is odd falls at the end.
   *
   * @param image the shape of the input
   */
  public int[] cut(int axis, Shape image) {
    int extent = extent(axis);
    int stride = strides.get(axis);
    int total;
    if (outputSize != null) {
      int in = Math.toIntExact(Rules.knownSize(image, spatialAxis(axis), "the image"));
      total = (in - 1) * stride + extent - outputSize.get(axis);
      Rules.require(
          padding != WindowPadding.VALID || total <= 0,
          "output_size must be at least " + (total + outputSize.get(axis)) + " without padding");
    } else if (outputPadding == null) {
      // in * stride (+ extent - stride where that is positive, without padding).
      total = padding != WindowPadding.VALID ? extent - stride : Math.min(0, extent - stride);
    } else {
      int pad = padding != WindowPadding.VALID ? extent / 2 : 0;
      total = 2 * pad - outputPadding.get(axis);
    }
    int begin = padding == WindowPadding.HALF ? extent / 2 : Math.max(0, total) / 2;
    return new int[] {begin, total - begin};
  }

  private int spatialAxis(int index) {
    return WindowShapes.spatialAxis(index, dataFormat);
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    long channels = WindowShapes.channels(call.shapeOfRank(rank() + 2), dataFormat);
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("kernel", WindowShapes.kernel(kernelSize, filters, channels)));
    if (useBias) {
      weights.add(WeightSpec.trainable("bias", filters));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape image = call.shapeOfRank(rank() + 2);
    Shape result = image.withDim(dataFormat.channelAxis(image.rank()), Dim.of(filters));
    for (int i = 0; i < rank(); i++) {
      int axis = spatialAxis(i);
      int[] cut = cut(i, image);
      Dim full = image.dim(axis).plus(-1).times(strides.get(i)).plus(extent(i));
      result = result.withDim(axis, full.plus(-cut[0] - cut[1]));
    }
    return List.of(call.input().withShape(result));
  }
}
