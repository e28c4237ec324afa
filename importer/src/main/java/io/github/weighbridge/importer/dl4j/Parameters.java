package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.NdArray;
import java.util.Optional;

/** The flat vector of parameters, taken from layer by layer. Not thread-safe. */
final class Parameters {

  private final Optional<NdArray> vector;
  private long taken;

  Parameters(Optional<NdArray> vector) {
    this.vector = vector;
  }

  /** The type of every parameter; float32 where there is none. */
  DataType dtype() {
    return vector.map(NdArray::dtype).orElse(DataType.FLOAT32);
  }

  /**
   * The next parameters, row-major.
   *
   * @param place of the layer that has them
   * @throws ProblemsException if the vector has no such many left
   */
  WeightRef take(Place place, long... sizes) {
    long count;
    try {
      count = Shape.elementCount(sizes);
    } catch (ArithmeticException e) {
      count = Long.MAX_VALUE;
    }
    long left = vector.map(NdArray::count).orElse(0L) - taken;
    if (count > left) {
      throw ProblemsException.of(
          ProblemCode.WEIGHT_MISSING,
          place,
          "must have " + count + " parameters from number " + taken + " on",
          left + " that are left of " + vector.map(NdArray::count).orElse(0L),
          "configuration and coefficients.bin are not of the same model");
    }
    long from = taken;
    taken += count;
    return vector.isPresent()
        ? vector.get().part(from, sizes)
        : WeightRef.filled(DataType.FLOAT32, 0, sizes);
  }

  /** The next parameters of a matrix that stands column-major. */
  WeightRef takeMatrix(Place place, long rows, long columns) {
    return take(place, columns, rows).transposed(1, 0);
  }

  /** Tells if some are left behind the last layer. */
  void requireAllTaken(Place file, Problems problems) {
    long all = vector.map(NdArray::count).orElse(0L);
    if (taken < all) {
      problems.error(
          ProblemCode.WEIGHT_UNEXPECTED,
          file.withKey("coefficients.bin"),
          "must have as many parameters as the layers, " + taken,
          String.valueOf(all),
          "configuration and coefficients.bin are not of the same model");
    }
  }
}
