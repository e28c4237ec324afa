package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An array with slices changed by tuples of indices, one for each of the leading axes. Operands:
 * data, indices (int32 or int64, from 0 to before the axis's size) whose last axis holds the
 * tuples, updates: a slice of data for each tuple.
 *
 * @param reduction what an update does to what is there; tuples may come several times
 */
public record ScatterND(Reduction reduction) implements Operation {

  /** What an update does to what is there. */
  public enum Reduction {
    /** It takes its place; the last one stays. */
    NONE,
    ADD,
    MULTIPLY,
    MAX,
    MIN
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType data = Operands.required(operands, 0);
    TensorType indices = Operands.required(operands, 1);
    TensorType updates = Operands.required(operands, 2);
    Operands.require(
        updates.dtype() == data.dtype(),
        "operands have types " + data.dtype() + " and " + updates.dtype());
    Operands.require(
        reduction == Reduction.NONE || data.dtype() != DataType.BOOL,
        "cannot take " + reduction + " of " + data.dtype());
    int width = Operands.tupleWidth(indices);
    Operands.require(width <= data.rank(), "indices " + indices + " do not fit " + data);
    Shape needed =
        new Shape(
            Stream.concat(
                    indices.shape().dims().subList(0, indices.rank() - 1).stream(),
                    data.shape().dims().subList(width, data.rank()).stream())
                .toList());
    boolean fits = needed.rank() == updates.rank();
    for (int i = 0; fits && i < needed.rank(); i++) {
      fits = Operands.canBeEqual(needed.dim(i), updates.shape().dim(i));
    }
    Operands.require(fits, "updates must have shape " + needed + ", got " + updates.shape());
    return List.of(data);
  }
}
