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
 * Keras's Conv1D, Conv2D and Conv3D; the rank is that of {@code kernelSize}.
 *
 * <p>Weights: kernel {@code [k..., in / groups, filters]} whatever the data format, bias {@code
 * [filters]} if {@code useBias}.
 */
public record Convolution(
    int filters,
    List<Integer> kernelSize,
    List<Integer> strides,
    WindowPadding padding,
    DataFormat dataFormat,
    List<Integer> dilationRate,
    int groups,
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
  public Convolution {
    kernelSize = List.copyOf(kernelSize);
    strides = List.copyOf(strides);
    dilationRate = List.copyOf(dilationRate);
    WindowShapes.requireSameRank(kernelSize, strides, dilationRate);
    Rules.require(groups > 0 && filters > 0, "filters and groups must be positive");
  }

  /** How many spatial axes the image has. */
  public int rank() {
    return kernelSize.size();
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape image = call.shapeOfRank(rank() + 2);
    long channels = WindowShapes.channels(image, dataFormat);
    Rules.require(
        channels % groups == 0, channels + " channels cannot be split into " + groups + " groups");
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(
        WeightSpec.trainable(
            "kernel", WindowShapes.kernel(kernelSize, channels / groups, filters)));
    if (useBias) {
      weights.add(WeightSpec.trainable("bias", filters));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape image = call.shapeOfRank(rank() + 2);
    return List.of(
        call.input()
            .withShape(
                WindowShapes.slide(
                    image, dataFormat, filters, kernelSize, strides, dilationRate, padding)));
  }
}
