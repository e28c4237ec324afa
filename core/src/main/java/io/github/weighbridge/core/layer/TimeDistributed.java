package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keras's TimeDistributed: the inner layer {@code layer} on every step of axis 1.
 *
 * @param masksWithin whether the mask that the inner layer returns counts outside, and one that
 *     reaches into the steps becomes one of steps where the inner layer ends it (tf.keras); Keras 3
 *     (3.15) hands on the mask that it was given
 */
public record TimeDistributed(boolean masksWithin) implements Layer {

  /** The name of the inner layer. */
  public static final String INNER = "layer";

  @Override
  public Map<String, List<TensorType>> childInputs(CallTypes call) {
    return Map.of(INNER, steps(call));
  }

  /** The inputs with batch and time in one axis. */
  private static List<TensorType> steps(CallTypes call) {
    List<TensorType> steps = new ArrayList<>();
    for (TensorType input : call.inputs()) {
      Shape shape = input.shape();
      Rules.require(shape.rank() >= 2, "an input with a time axis is needed, got " + shape);
      List<Dim> dims = new ArrayList<>(shape.dims());
      Dim time = dims.remove(1);
      dims.set(0, dims.get(0).times(time));
      steps.add(input.withShape(new Shape(dims)));
    }
    return steps;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Rules.require(!call.inputs().isEmpty(), "an input is needed");
    Shape outer = call.inputs().get(0).shape();
    List<TensorType> types = new ArrayList<>();
    for (TensorType type : call.childOutputs(INNER, steps(call))) {
      List<Dim> dims = new ArrayList<>(type.shape().dims());
      dims.set(0, outer.dim(0));
      dims.add(1, outer.dim(1));
      types.add(type.withShape(new Shape(dims)));
    }
    return types;
  }
}
