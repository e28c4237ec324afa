package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/** Keras's HashedCrossing: the bin that the combination of several features falls into. */
public record HashedCrossing(int numBins, CategoryOutput outputMode) implements Layer {

  /** Refuses what Keras refuses. */
  public HashedCrossing {
    Rules.require(numBins > 0, "num_bins must be positive");
    Rules.require(
        outputMode == CategoryOutput.INT || outputMode == CategoryOutput.ONE_HOT,
        "output_mode must be 'int' or 'one_hot'");
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Rules.require(call.inputs().size() >= 2, "two inputs at least are needed");
    Shape first = call.inputs().get(0).shape();
    for (TensorType x : call.inputs()) {
      Rules.require(
          x.rank() == first.rank() && (x.rank() == 1 || isColumn(x.shape())),
          "inputs of shape [batch] or [batch, 1] are needed, got " + call.inputs());
    }
    return List.of(new TensorType(call.computeType(), outputMode.shape(first, numBins)));
  }

  private static boolean isColumn(Shape shape) {
    return shape.rank() == 2 && CategoryOutput.isSingle(shape);
  }
}
