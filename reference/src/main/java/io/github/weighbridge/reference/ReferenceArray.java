package io.github.weighbridge.reference;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * A row-major array of doubles, whatever its type says: the reference computes in double precision
 * throughout and leaves rounding to whoever compares. Whole numbers are exact up to 2^53.
 */
public final class ReferenceArray {

  private final DataType dtype;
  private final int[] sizes;
  private final double[] data;

  private ReferenceArray(DataType dtype, int[] sizes, double[] data) {
    this.dtype = dtype;
    this.sizes = sizes;
    this.data = data;
  }

  /** The elements of a tensor. */
  public static ReferenceArray of(Tensor tensor) {
    return new ReferenceArray(tensor.dtype(), ints(tensor.sizes()), tensor.doubles());
  }

  /** The array of this type whose element at each index a function gives. */
  static ReferenceArray compute(TensorType type, ToDoubleFunction<int[]> element) {
    int[] sizes = ints(type.shape().sizes());
    double[] data = new double[Math.toIntExact(Shape.elementCount(type.shape().sizes()))];
    int[] at = {0};
    forEachIndex(sizes, index -> data[at[0]++] = element.applyAsDouble(index));
    return new ReferenceArray(type.dtype(), sizes, data);
  }

  /** An array of zeros, to be filled by {@link #set} before anybody else sees it. */
  static ReferenceArray zeros(TensorType type) {
    return compute(type, index -> 0);
  }

  /** Visits every index of an array of these sizes in row-major order; the index is re-used. */
  static void forEachIndex(int[] sizes, Consumer<int[]> visitor) {
    int[] index = new int[sizes.length];
    long count = Arrays.stream(sizes).asLongStream().reduce(1, (a, b) -> a * b);
    for (long n = 0; n < count; n++) {
      visitor.accept(index);
      for (int axis = sizes.length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--) {
        index[axis] = 0;
      }
    }
  }

  /** The element at an index. */
  double get(int... index) {
    return data[offset(index)];
  }

  /** The element at an index of a larger rank, by numpy's broadcasting rule. */
  double broadcast(int... index) {
    int[] own = Arrays.copyOfRange(index, index.length - sizes.length, index.length);
    for (int i = 0; i < own.length; i++) {
      own[i] = sizes[i] == 1 ? 0 : own[i];
    }
    return get(own);
  }

  void set(double value, int... index) {
    data[offset(index)] = value;
  }

  private int offset(int... index) {
    int offset = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (index[i] < 0 || index[i] >= sizes[i]) {
        throw new IndexOutOfBoundsException(
            Arrays.toString(index) + " in an array of " + Arrays.toString(sizes));
      }
      offset = offset * sizes[i] + index[i];
    }
    return offset;
  }

  /** The same elements under another type of as many elements. */
  ReferenceArray reshaped(TensorType type) {
    int[] at = {0};
    return compute(type, index -> data[at[0]++]);
  }

  /** The size of an axis. */
  int size(int axis) {
    return sizes[axis];
  }

  int rank() {
    return sizes.length;
  }

  /** The sizes, a copy. */
  public int[] sizes() {
    return sizes.clone();
  }

  /** The elements in row-major order, a copy. */
  public double[] data() {
    return data.clone();
  }

  /** The type that the operations give it. */
  public TensorType type() {
    return TensorType.of(dtype, Arrays.stream(sizes).asLongStream().toArray());
  }

  /** A tensor of this type, rounded to it. */
  public Tensor toTensor() {
    long[] longs = Arrays.stream(sizes).asLongStream().toArray();
    return Tensor.of(data, longs).cast(dtype);
  }

  private static int[] ints(long... sizes) {
    return Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public String toString() {
    return type() + Arrays.toString(data);
  }
}
