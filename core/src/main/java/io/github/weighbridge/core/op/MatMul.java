package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The product of matrices in the last two axes, with numpy's broadcasting of the axes before.
 * Operands: {@code [..., m, k]} and {@code [..., k, n]}, each of rank 2 or more; the product of
 * int8 is int32.
 */
public record MatMul() implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType a = Operands.required(operands, 0);
    TensorType b = Operands.required(operands, 1);
    int p = a.rank();
    int q = b.rank();
    Operands.require(
        p >= 2 && q >= 2, "operands have ranks " + p + " and " + q + ", not 2 or more");
    Operands.require(a.dtype() == b.dtype(), "operands have types " + a + " and " + b);
    Dim m = a.shape().dim(p - 2);
    Dim n = b.shape().dim(q - 1);
    Operands.require(
        Operands.canBeEqual(a.shape().dim(p - 1), b.shape().dim(q - 2)),
        "cannot multiply matrices " + a.shape() + " and " + b.shape());
    Shape batch = Operands.broadcast(a.shape().slice(0, p - 2), b.shape().slice(0, q - 2));
    DataType dtype = a.dtype() == DataType.INT8 ? DataType.INT32 : a.dtype();
    return List.of(new TensorType(dtype, batch.append(m, n)));
  }
}
