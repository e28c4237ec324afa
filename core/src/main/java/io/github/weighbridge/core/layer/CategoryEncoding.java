package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keras's CategoryEncoding: whole numbers from 0 to before {@code numTokens}, as vectors of that
 * length. The call argument {@code count_weights} weighs each number of the mode COUNT.
 *
 * @param outputMode how numbers become vectors
 * @param inComputeType whether the vectors have the type that the layer computes in (Keras 2), not
 *     that of its weights (Keras 3)
 */
public record CategoryEncoding(int numTokens, Mode outputMode, boolean inComputeType)
    implements Layer {

  /** How numbers become vectors; INT leaves them as they are, which CategoryEncoding cannot. */
  public enum Mode {
    INT,
    /** A vector for each number; a last axis of size 1 becomes the vector. */
    ONE_HOT,
    /** A vector for each sample, of the numbers along axis 1: 1 for those that occur. */
    MULTI_HOT,
    /** A vector for each sample, how often each number occurs. */
    COUNT;

    /** Whether numbers of this shape have a last axis that the vector takes the place of. */
    public boolean replacesLast(Shape numbers) {
      int last = numbers.rank() - 1;
      return this == ONE_HOT && last > 0 && numbers.dim(last).equals(Dim.of(1));
    }

    /** The shape of the encoded numbers. */
    Shape encoded(Shape numbers, int depth) {
      int rank = numbers.rank();
      Rules.require(rank > 0, "numbers must have an axis, the input has shape " + numbers);
      if (this == INT) {
        return numbers;
      }
      Shape vectors = replacesLast(numbers) ? numbers.slice(0, rank - 1) : numbers;
      if (this == ONE_HOT) {
        return vectors.append(Dim.of(depth));
      }
      int axis = sampleAxis(rank);
      List<Dim> dims = new ArrayList<>(numbers.dims());
      dims.remove(axis);
      dims.add(Dim.of(depth));
      return new Shape(dims);
    }

    /** The axis along which the numbers of a sample stand. */
    public static int sampleAxis(int rank) {
      return Math.min(1, rank - 1);
    }
  }

  /** Checks the options. */
  public CategoryEncoding {
    Rules.require(numTokens > 0, "num_tokens must be positive");
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Rules.require(outputMode != Mode.INT, "output_mode must be one_hot, multi_hot or count");
    Shape shape = outputMode.encoded(call.inputs().get(0).shape(), numTokens);
    return List.of(new TensorType(resultType(call.computeType(), call.variableType()), shape));
  }

  /** The type of the vectors. */
  public DataType resultType(DataType compute, DataType variable) {
    return inComputeType ? compute : variable;
  }
}
