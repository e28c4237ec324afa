package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bucket (int64, from 0) of the combination of the elements at the same place, as {@code
 * tf.sparse.cross_hashed} has it. Operands: any number, strings or int64, of one shape.
 *
 * @param buckets how many there are
 */
public record FeatureCross(long buckets) implements TextOperation {

  /** Refuses what is no number of buckets. */
  public FeatureCross {
    Operands.require(buckets > 0, "there must be a bucket, got " + buckets);
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType first = Operands.required(operands, 0);
    for (int i = 0; i < operands.size(); i++) {
      TensorType x = Operands.required(operands, i);
      Operands.requireHashable(x);
      Operands.require(
          x.rank() == first.rank(), "operands have shapes " + first.shape() + " and " + x.shape());
      for (int axis = 0; axis < x.rank(); axis++) {
        Operands.require(
            Operands.canBeEqual(x.shape().dim(axis), first.shape().dim(axis)),
            "operands have shapes " + first.shape() + " and " + x.shape());
      }
    }
    return List.of(first.withDtype(DataType.INT64));
  }
}
