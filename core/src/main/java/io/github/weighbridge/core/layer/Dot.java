package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keras's Dot: the product of two inputs, summed over an axis of each, sample by sample.
 *
 * @param axes one axis for both, or one for each; the batch is 0
 * @param normalize whether both are scaled to length 1 along their axis first
 * @param shortest the length that shorter inputs are taken to have when they are scaled: 1e-7 in
 *     Keras 3, 1e-6 up to 2.15
 */
public record Dot(Axes axes, boolean normalize, double shortest) implements Layer {

  /** The summed axis of each input, counted from 0. */
  public int[] counted(int leftRank, int rightRank) {
    int left = axes.values().get(0);
    int right = axes.values().get(axes.values().size() - 1);
    return new int[] {Rules.axis(left, leftRank), Rules.axis(right, rightRank)};
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    List<TensorType> inputs = call.inputs();
    Rules.require(inputs.size() == 2, "two inputs are needed, got " + inputs.size());
    Shape left = inputs.get(0).shape();
    Shape right = inputs.get(1).shape();
    int[] summed = counted(left.rank(), right.rank());
    List<Dim> dims = new ArrayList<>(left.dims());
    dims.remove(summed[0]);
    List<Dim> rightDims = new ArrayList<>(right.dims());
    rightDims.remove(summed[1]);
    dims.addAll(rightDims.subList(1, rightDims.size()));
    if (dims.size() == 1) {
      dims.add(Dim.of(1));
    }
    return List.of(inputs.get(0).withShape(new Shape(dims)));
  }
}
