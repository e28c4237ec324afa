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
    TransposedWindow window =
        new TransposedWindow(kernelSize, strides, dilationRate, padding, outputPadding);
    kernelSize = window.kernelSize();
    strides = window.strides();
    dilationRate = window.dilationRate();
    outputPadding = window.outputPadding();
    Rules.require(filters > 0, "filters must be positive");
    Rules.require(
        outputSize == null || outputSize.size() == kernelSize.size(),
        "output_size must have one size per spatial axis");
  }

  /**
   * The window with its padding.
   *
   * @param image the shape of the input, which matters where the output has a size of its own
   */
  public TransposedWindow window(Shape image) {
    TransposedWindow window =
        new TransposedWindow(kernelSize, strides, dilationRate, padding, outputPadding);
    if (outputSize == null) {
      return window;
    }
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      sizes.add(
          Math.toIntExact(
              Rules.knownSize(image, WindowShapes.spatialAxis(i, dataFormat), "the image")));
    }
    return window.giving(outputSize, sizes);
  }

  /** How many spatial axes the image has. */
  public int rank() {
    return kernelSize.size();
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
    TransposedWindow window = window(image);
    for (int i = 0; i < rank(); i++) {
      int axis = WindowShapes.spatialAxis(i, dataFormat);
      int[] cut = window.cut(i);
      Dim full = image.dim(axis).plus(-1).times(strides.get(i)).plus(window.extent(i));
      result = result.withDim(axis, full.plus(-cut[0] - cut[1]));
    }
    return List.of(call.input().withShape(result));
  }
}
