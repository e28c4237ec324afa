package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's AutoContrast: each image stretched to the whole range of values, along axes 1 and 2
 * whatever the data format; what has one value alone stays.
 *
 * @param valueRange the lowest and the highest value
 * @param dataFormat as the file has it; without effect
 */
public record AutoContrast(List<Double> valueRange, DataFormat dataFormat) implements Layer {

  /** Copies the range. */
  public AutoContrast {
    valueRange = List.copyOf(valueRange);
    Rules.require(valueRange.size() == 2, "value_range must have two numbers, got " + valueRange);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    call.shapeOfRank(4);
    return List.of(call.input().withDtype(call.computeType()));
  }
}
