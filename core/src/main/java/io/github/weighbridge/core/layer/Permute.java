package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's Permute.
 *
 * @param dims the axes without the batch in their new order, counted from 1
 */
public record Permute(List<Integer> dims) implements Layer {

  /** Copies the order. */
  public Permute {
    dims = List.copyOf(dims);
    for (int i = 1; i <= dims.size(); i++) {
      Rules.require(dims.contains(i), "dims must hold every axis from 1 to " + dims.size());
    }
  }

  /** The order of all axes, the batch included, counted from 0. */
  public int[] permutation() {
    int[] perm = new int[dims.size() + 1];
    for (int i = 0; i < dims.size(); i++) {
      perm[i + 1] = dims.get(i);
    }
    return perm;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(
        call.input().withShape(call.shapeOfRank(dims.size() + 1).transposed(permutation())));
  }
}
