package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keras's Add, Subtract, Multiply, Average, Maximum and Minimum: several inputs, element by
 * element.
 *
 * <p>Inputs of lower rank get axes of size 1 behind the batch; then numpy's broadcasting holds.
 *
 * @param kind which
 * @param maskRule what becomes of the masks of the inputs
 */
public record Merge(Kind kind, MaskRule maskRule) implements Layer {

  /** What becomes of the elements. */
  public enum Kind {
    ADD,
    SUBTRACT,
    MULTIPLY,
    AVERAGE,
    MAXIMUM,
    MINIMUM
  }

  /**
   * Whether a masked step of an input leaves the result to the other inputs: Multiply, Maximum and
   * Minimum of Keras 3 (3.15). The other kinds, and all of Keras 2, take it as it is.
   */
  public boolean leavesMaskedStepsOut() {
    return maskRule == MaskRule.ANY
        && (kind == Kind.MULTIPLY || kind == Kind.MAXIMUM || kind == Kind.MINIMUM);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    List<TensorType> inputs = call.inputs();
    Rules.require(!inputs.isEmpty(), "inputs to merge are needed");
    Rules.require(
        kind != Kind.SUBTRACT || inputs.size() == 2, "two inputs are needed, got " + inputs.size());
    int rank = inputs.stream().mapToInt(TensorType::rank).max().getAsInt();
    Shape shape = widen(inputs.get(0).shape(), rank);
    for (TensorType input : inputs) {
      shape = broadcast(shape, widen(input.shape(), rank));
    }
    return List.of(new TensorType(dtype(inputs), shape));
  }

  /** The type of what is merged: that of all inputs together, and what TensorFlow divides it to. */
  public DataType dtype(List<TensorType> inputs) {
    DataType merged = TypePromotion.of(inputs);
    if (kind != Kind.AVERAGE || merged.isFloating()) {
      return merged;
    }
    return merged.bits() > 16 ? DataType.FLOAT64 : DataType.FLOAT32;
  }

  private static Shape widen(Shape shape, int rank) {
    List<Dim> dims = new ArrayList<>(shape.dims());
    while (dims.size() < rank) {
      dims.add(Math.min(1, dims.size()), Dim.of(1));
    }
    return new Shape(dims);
  }

  /** The shape that arrays of one rank have together by numpy's rule. */
  static Shape broadcast(Shape a, Shape b) {
    Shape result = a;
    for (int i = 0; i < a.rank(); i++) {
      Dim left = a.dim(i);
      Dim right = b.dim(i);
      boolean leftIsOne = left.equals(Dim.of(1));
      Rules.require(
          leftIsOne
              || right.equals(Dim.of(1))
              || !left.isFixed()
              || !right.isFixed()
              || left.equals(right),
          "cannot broadcast " + a + " with " + b);
      if (leftIsOne || (!left.isFixed() && right.isFixed() && right.size() != 1)) {
        result = result.withDim(i, right);
      }
    }
    return result;
  }
}
