package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's CategoryEncoding: whole numbers from 0 to before {@code numTokens}, as vectors of that
 * length. The call argument {@code count_weights} weighs each number of the mode COUNT.
 *
 * @param outputMode how numbers become vectors
 * @param inComputeType whether the vectors have the type that the layer computes in (Keras 2), not
 *     that of its weights (Keras 3)
 */
public record CategoryEncoding(int numTokens, CategoryOutput outputMode, boolean inComputeType)
    implements Layer {

  /** Checks the options. */
  public CategoryEncoding {
    Rules.require(numTokens > 0, "num_tokens must be positive");
    Rules.require(outputMode != CategoryOutput.TF_IDF, "output_mode must not be 'tf_idf'");
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Rules.require(
        outputMode != CategoryOutput.INT, "output_mode must be one_hot, multi_hot or count");
    Shape shape = outputMode.shape(call.inputs().get(0).shape(), numTokens);
    return List.of(new TensorType(resultType(call.computeType(), call.variableType()), shape));
  }

  /** The type of the vectors. */
  public DataType resultType(DataType compute, DataType variable) {
    return inComputeType ? compute : variable;
  }
}
