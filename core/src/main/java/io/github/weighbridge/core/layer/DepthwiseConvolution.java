package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's DepthwiseConv1D and DepthwiseConv2D: every channel has {@code depthMultiplier} kernels of
 * its own; output channel {@code c depthMultiplier + m}.
 *
 * <p>Weights: kernel {@code [k..., in, depthMultiplier]}, bias {@code [in depthMultiplier]} if
 * {@code useBias}.
 */
public record DepthwiseConvolution(
    List<Integer> kernelSize,
    List<Integer> strides,
    WindowPadding padding,
    int depthMultiplier,
    DataFormat dataFormat,
    List<Integer> dilationRate,
    Activation activation,
    boolean useBias,
    Initializer depthwiseInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer depthwiseRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint depthwiseConstraint,
    @Nullable Constraint biasConstraint)
    implements Layer {

  /** Copies the lists. */
  public DepthwiseConvolution {
    kernelSize = List.copyOf(kernelSize);
    strides = List.copyOf(strides);
    dilationRate = List.copyOf(dilationRate);
    WindowShapes.requireSameRank(kernelSize, strides, dilationRate);
    Rules.require(kernelSize.size() <= 2, "kernel_size must have 1 or 2 numbers");
    Rules.require(depthMultiplier > 0, "depth_multiplier must be positive");
  }

  /** How many spatial axes the image has. */
  public int rank() {
    return kernelSize.size();
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    long channels = WindowShapes.channels(call.shapeOfRank(rank() + 2), dataFormat);
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(
        WeightSpec.trainable("kernel", WindowShapes.kernel(kernelSize, channels, depthMultiplier)));
    if (useBias) {
      weights.add(WeightSpec.trainable("bias", channels * depthMultiplier));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape image = call.shapeOfRank(rank() + 2);
    long channels = WindowShapes.channels(image, dataFormat) * depthMultiplier;
    return List.of(
        call.input()
            .withShape(
                WindowShapes.slide(
                    image, dataFormat, channels, kernelSize, strides, dilationRate, padding)));
  }
}
