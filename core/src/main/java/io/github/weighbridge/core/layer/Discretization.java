package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's Discretization: the number of the bin in which each element lies, a boundary being the
 * lowest element of the bin behind it.
 *
 * @param binBoundaries ascending; given, or learned by adapt
 * @param numBins how many were to be learned, as the file has it
 * @param epsilon the error of learned boundaries
 * @param outputMode how the numbers are encoded
 */
public record Discretization(
    List<Double> binBoundaries,
    @Nullable Integer numBins,
    double epsilon,
    CategoryOutput outputMode)
    implements Layer {

  /** Checks the boundaries. */
  public Discretization {
    binBoundaries = List.copyOf(binBoundaries);
    Rules.require(outputMode != CategoryOutput.TF_IDF, "output_mode must not be 'tf_idf'");
    for (int i = 1; i < binBoundaries.size(); i++) {
      Rules.require(
          binBoundaries.get(i - 1) <= binBoundaries.get(i),
          "bin_boundaries must ascend, got " + binBoundaries);
    }
  }

  /** How many bins there are. */
  public int bins() {
    return binBoundaries.size() + 1;
  }

  /** The type of the numbers: Keras 2 writes it as the type that the layer computes in. */
  public DataType wholeType(DataType compute) {
    return compute.isInteger() ? compute : DataType.INT32;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    boolean whole = outputMode == CategoryOutput.INT;
    return List.of(
        new TensorType(
            whole ? wholeType(call.computeType()) : call.computeType(),
            outputMode.shape(call.input().shape(), bins())));
  }
}
