package io.github.weighbridge.core.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The dimensions of an array, outermost first; rank 0 is a scalar.
 *
 * @param dims the dimensions, possibly symbolic
 */
public record Shape(List<Dim> dims) {

  /** The shape of a single value. */
  public static final Shape SCALAR = new Shape(List.of());

  /** Copies the dimensions. */
  public Shape {
    dims = List.copyOf(dims);
  }

  /** A shape of known sizes. */
  public static Shape of(long... sizes) {
    return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  /** A shape of these dimensions. */
  public static Shape of(Dim... dims) {
    return new Shape(List.of(dims));
  }

  /** How many dimensions there are. */
  public int rank() {
    return dims.size();
  }

  /** The dimension of an axis; negative axes count from the end. */
  public Dim dim(int axis) {
    return dims.get(axis < 0 ? axis + rank() : axis);
  }

  /** Whether every size is known. */
  public boolean isFixed() {
    return dims.stream().allMatch(Dim::isFixed);
  }

  /**
   * Every size.
   *
   * @throws IllegalStateException if one of them is not known
   */
  public long[] sizes() {
    return dims.stream().mapToLong(Dim::size).toArray();
  }

  /**
   * How many elements an array of this shape has.
   *
   * @throws ArithmeticException if the number does not fit a long
   * @throws IllegalStateException if a size is not known
   */
  public long elementCount() {
    return elementCount(sizes());
  }

  /**
   * The product of sizes.
   *
   * @throws ArithmeticException if it does not fit a long
   * @throws IllegalArgumentException if a size is negative
   */
  public static long elementCount(long... sizes) {
    long product = 1;
    for (long size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException("a dimension is not negative, got " + size);
      }
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /** This shape with one axis replaced; negative axes count from the end. */
  public Shape withDim(int axis, Dim dim) {
    List<Dim> changed = new ArrayList<>(dims);
    changed.set(axis < 0 ? axis + rank() : axis, dim);
    return new Shape(changed);
  }

  /** The dimensions from one axis (inclusive) to another (exclusive). */
  public Shape slice(int from, int to) {
    return new Shape(dims.subList(from, to));
  }

  /** This shape followed by further dimensions. */
  public Shape append(Dim... further) {
    List<Dim> all = new ArrayList<>(dims);
    all.addAll(List.of(further));
    return new Shape(all);
  }

  /** This shape with its axes in the order {@code perm}. */
  public Shape transposed(int... perm) {
    return new Shape(Arrays.stream(perm).mapToObj(dims::get).toList());
  }

  /** For people and error messages: {@code [batch, 28, 28, 1]}. */
  @Override
  public String toString() {
    return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
