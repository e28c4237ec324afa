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
 */
public record TransposedConvolution(
    int filters,
    List<Integer> kernelSize,
    List<Integer> strides,
    WindowPadding padding,
    @Nullable List<Integer> outputPadding,
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
  }

  /** The window with its padding. */
  public TransposedWindow window() {
    return new TransposedWindow(kernelSize, strides, dilationRate, padding, outputPadding);
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
    TransposedWindow window = window();
    for (int i = 0; i < rank(); i++) {
      int axis = WindowShapes.spatialAxis(i, dataFormat);
      int[] cut = window.cut(i);
      Dim full = image.dim(axis).plus(-1).times(strides.get(i)).plus(window.extent(i));
      result = result.withDim(axis, full.plus(-cut[0] - cut[1]));
    }
    return List.of(call.input().withShape(result));
  }
}
