package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** In which form a layer gives categories out: Keras's {@code output_mode}. */
public enum CategoryOutput {
  /** The index of each. */
  INT,
  /** A vector for each, 1 at its index. */
  ONE_HOT,
  /** A vector for each sample, 1 at the indices that it has. */
  MULTI_HOT,
  /** A vector for each sample: how often it has each index. */
  COUNT,
  /** As COUNT, times a weight for each index. */
  TF_IDF;

  /** The axis of the elements that make up a sample. */
  public int sampleAxis(int rank) {
    return Math.min(rank, 2) - 1;
  }

  /** The shape that categories of some shape come out in, {@code depth} of them being known. */
  Shape shape(Shape categories, long depth) {
    if (this == INT) {
      return categories;
    }
    Rules.require(categories.rank() > 0, "an input of rank 1 at least is needed");
    List<Dim> dims = new ArrayList<>(categories.dims());
    if (this != ONE_HOT) {
      dims.remove(sampleAxis(dims.size()));
    } else if (isSingle(categories)) {
      dims.remove(dims.size() - 1);
    }
    dims.add(Dim.of(depth));
    return new Shape(dims);
  }

  /** Whether the last axis holds one category and is none of the result's. */
  public static boolean isSingle(Shape categories) {
    Dim last = categories.dim(categories.rank() - 1);
    return categories.rank() > 1 && last.isFixed() && last.size() == 1;
  }
}
