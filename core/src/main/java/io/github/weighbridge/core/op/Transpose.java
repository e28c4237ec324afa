package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Axes in another order: axis {@code i} of the result is axis {@code perm[i]} of the operand. */
public record Transpose(List<Integer> perm) implements Operation {

  /** Copies the order. */
  public Transpose {
    perm = List.copyOf(perm);
    for (int axis = 0; axis < perm.size(); axis++) {
      Operands.require(perm.contains(axis), perm + " is no order of " + perm.size() + " axes");
    }
  }

  /** The order as an array. */
  public int[] permutation() {
    return perm.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The order that undoes this one. */
  public Transpose inverse() {
    Integer[] inverse = new Integer[perm.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[perm.get(i)] = i;
    }
    return new Transpose(List.of(inverse));
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.require(x.rank() == perm.size(), "cannot order the axes of " + x + " as " + perm);
    return List.of(x.withShape(x.shape().transposed(permutation())));
  }
}
