package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's SeparableConv1D and SeparableConv2D: a depthwise convolution, then one of size 1 over the
 * channels; the bias and the activation come last.
 *
 * <p>Weights: depthwise_kernel {@code [k..., in, depthMultiplier]}, pointwise_kernel {@code [1...,
 * in depthMultiplier, filters]}, bias {@code [filters]} if {@code useBias}.
 */
public record SeparableConvolution(
    int filters,
    List<Integer> kernelSize,
    List<Integer> strides,
    WindowPadding padding,
    DataFormat dataFormat,
    List<Integer> dilationRate,
    int depthMultiplier,
    Activation activation,
    boolean useBias,
    Initializer depthwiseInitializer,
    Initializer pointwiseInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer depthwiseRegularizer,
    @Nullable Regularizer pointwiseRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint depthwiseConstraint,
    @Nullable Constraint pointwiseConstraint,
    @Nullable Constraint biasConstraint)
    implements Layer {

  /** Copies the lists. */
  public SeparableConvolution {
    kernelSize = List.copyOf(kernelSize);
    strides = List.copyOf(strides);
    dilationRate = List.copyOf(dilationRate);
    WindowShapes.requireSameRank(kernelSize, strides, dilationRate);
    Rules.require(kernelSize.size() <= 2, "kernel_size must have 1 or 2 numbers");
    Rules.require(
        depthMultiplier > 0 && filters > 0, "depth_multiplier and filters must be positive");
  }

  /** How many spatial axes the image has. */
  public int rank() {
    return kernelSize.size();
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    long channels = WindowShapes.channels(call.shapeOfRank(rank() + 2), dataFormat);
    List<Integer> ones = kernelSize.stream().map(k -> 1).toList();
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(
        WeightSpec.trainable(
            "depthwise_kernel", WindowShapes.kernel(kernelSize, channels, depthMultiplier)));
    weights.add(
        WeightSpec.trainable(
            "pointwise_kernel", WindowShapes.kernel(ones, channels * depthMultiplier, filters)));
    if (useBias) {
      weights.add(WeightSpec.trainable("bias", filters));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(
        call.input()
            .withShape(
                WindowShapes.slide(
                    call.shapeOfRank(rank() + 2),
                    dataFormat,
                    filters,
                    kernelSize,
                    strides,
                    dilationRate,
                    padding)));
  }
}
