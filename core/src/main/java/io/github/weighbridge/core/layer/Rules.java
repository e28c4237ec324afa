package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;

/** Rules that configurations and inputs keep; broken ones are told as one sentence. */
public final class Rules {

  private Rules() {}

  /** Refuses with a message unless the rule holds. */
  public static void require(boolean rule, String message) {
    if (!rule) {
      throw new IllegalArgumentException(message);
    }
  }

  /** An axis counted from 0; negative ones count from the end. */
  public static int axis(int axis, int rank) {
    int counted = axis < 0 ? axis + rank : axis;
    require(counted >= 0 && counted < rank, "no axis " + axis + " in an array of rank " + rank);
    return counted;
  }

  /** The size of an axis that weights depend on, which must be known. */
  public static long knownSize(Shape shape, int axis, String what) {
    Dim dim = shape.dim(axis);
    require(dim.isFixed(), what + " must be known, the input has shape " + shape);
    return dim.size();
  }
}
