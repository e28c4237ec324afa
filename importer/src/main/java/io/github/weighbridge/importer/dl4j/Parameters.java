package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The flat vector of parameters, taken from layer by layer. Not thread-safe. */
final class Parameters {

  /**
   * What was taken at once.
   *
   * @param isChanged whether an updater changes it by gradients, and may keep something for it
   */
  record Part(long from, long count, boolean isChanged) {}

  /** Where the numbers of a part come from. */
  @FunctionalInterface
  interface Source {
    /**
     * The numbers, row-major.
     *
     * @param number of the part, from 0 on
     */
    WeightRef of(int number, Part part, long... sizes);
  }

  private final DataType dtype;
  private final long all;
  private final Source source;
  private final List<Part> parts;
  private final boolean changed;
  private final boolean own;

  private Parameters(
      DataType dtype, long all, Source source, List<Part> parts, boolean changed, boolean own) {
    this.dtype = dtype;
    this.all = all;
    this.source = source;
    this.parts = parts;
    this.changed = changed;
    this.own = own;
  }

  /** The parameters of a file. */
  Parameters(Optional<NdArray> vector) {
    this(
        vector.map(NdArray::dtype).orElse(DataType.FLOAT32),
        vector.map(NdArray::count).orElse(0L),
        (number, part, sizes) ->
            vector.isPresent()
                ? vector.get().part(part.from(), sizes)
                : WeightRef.filled(DataType.FLOAT32, 0, sizes),
        new ArrayList<>(),
        true,
        true);
  }

  /** As many parameters as these are, of another source. */
  Parameters of(Source other) {
    return new Parameters(dtype, all, other, new ArrayList<>(), true, false);
  }

  /** These parameters, for a layer that no updater sees. */
  Parameters unchanged() {
    return new Parameters(dtype, all, source, parts, false, own);
  }

  /** What was taken so far, in order. */
  List<Part> parts() {
    return List.copyOf(parts);
  }

  /** The type of every parameter; float32 where there is none. */
  DataType dtype() {
    return dtype;
  }

  /** How many parts were taken so far. */
  int count() {
    return parts.size();
  }

  private long taken() {
    if (parts.isEmpty()) {
      return 0;
    }
    Part last = parts.get(parts.size() - 1);
    return last.from() + last.count();
  }

  /**
   * The next parameters, row-major.
   *
   * @param place of the layer that has them
   * @throws ProblemsException if the vector has no such many left
   */
  WeightRef take(Place place, long... sizes) {
    return take(place, changed, sizes);
  }

  /** The next parameters, which are statistics that no gradient changes. */
  WeightRef takeStatistic(Place place, long... sizes) {
    return take(place, false, sizes);
  }

  private WeightRef take(Place place, boolean isChanged, long... sizes) {
    long count;
    try {
      count = Shape.elementCount(sizes);
    } catch (ArithmeticException e) {
      count = Long.MAX_VALUE;
    }
    long left = all - taken();
    if (count > left) {
      throw ProblemsException.of(
          ProblemCode.WEIGHT_MISSING,
          place,
          "must have " + count + " parameters from number " + taken() + " on",
          left + " that are left of " + all,
          "configuration and coefficients.bin are not of the same model");
    }
    Part part = new Part(taken(), count, isChanged);
    parts.add(part);
    return source.of(parts.size() - 1, part, sizes);
  }

  /** Weights that no parameters are: numbers, for which an updater keeps nothing. */
  WeightRef constant(double number, long... sizes) {
    return WeightRef.filled(dtype, own ? number : 0, sizes);
  }

  /** The next parameters of a matrix that stands column-major. */
  WeightRef takeMatrix(Place place, long rows, long columns) {
    return take(place, columns, rows).transposed(1, 0);
  }

  /** Tells if some are left behind the last layer. */
  void requireAllTaken(Place file, Problems problems) {
    if (taken() < all) {
      problems.error(
          ProblemCode.WEIGHT_UNEXPECTED,
          file.withKey("coefficients.bin"),
          "must have as many parameters as the layers, " + taken(),
          String.valueOf(all),
          "configuration and coefficients.bin are not of the same model");
    }
  }
}
