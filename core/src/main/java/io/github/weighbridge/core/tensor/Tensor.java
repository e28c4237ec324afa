package io.github.weighbridge.core.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array in memory: row-major, little-endian, at most 2 GiB. Immutable as far as its methods go;
 * the factories that take a buffer do not copy it. Thread-safe.
 */
public final class Tensor {

  private final DataType dtype;
  private final long[] sizes;
  private final @Nullable ByteBuffer data;
  private final String @Nullable [] strings;

  private Tensor(
      DataType dtype, long[] sizes, @Nullable ByteBuffer data, String @Nullable [] strings) {
    this.dtype = dtype;
    this.sizes = sizes.clone();
    this.data = data;
    this.strings = strings;
  }

  /**
   * A tensor over the remaining bytes of a buffer, which is not copied.
   *
   * @throws IllegalArgumentException if the buffer has not exactly the bytes of such a tensor
   */
  public static Tensor of(DataType dtype, ByteBuffer littleEndian, long... sizes) {
    long bytes = Math.multiplyExact(Shape.elementCount(sizes), dtype.byteSize());
    if (littleEndian.remaining() != bytes) {
      throw new IllegalArgumentException(
          dtype
              + Arrays.toString(sizes)
              + " has "
              + bytes
              + " bytes, got "
              + littleEndian.remaining());
    }
    return new Tensor(dtype, sizes, littleEndian.slice().order(ByteOrder.LITTLE_ENDIAN), null);
  }

  /** A float32 tensor; the values are copied. */
  public static Tensor of(float[] values, long... sizes) {
    ByteBuffer bytes = allocate(DataType.FLOAT32, values.length, sizes);
    bytes.asFloatBuffer().put(values);
    return new Tensor(DataType.FLOAT32, sizes, bytes, null);
  }

  /** A float64 tensor; the values are copied. */
  public static Tensor of(double[] values, long... sizes) {
    ByteBuffer bytes = allocate(DataType.FLOAT64, values.length, sizes);
    bytes.asDoubleBuffer().put(values);
    return new Tensor(DataType.FLOAT64, sizes, bytes, null);
  }

  /** An int32 tensor; the values are copied. */
  public static Tensor of(int[] values, long... sizes) {
    ByteBuffer bytes = allocate(DataType.INT32, values.length, sizes);
    bytes.asIntBuffer().put(values);
    return new Tensor(DataType.INT32, sizes, bytes, null);
  }

  /** An int64 tensor; the values are copied. */
  public static Tensor of(long[] values, long... sizes) {
    ByteBuffer bytes = allocate(DataType.INT64, values.length, sizes);
    bytes.asLongBuffer().put(values);
    return new Tensor(DataType.INT64, sizes, bytes, null);
  }

  /** A bool tensor; the values are copied. */
  public static Tensor of(boolean[] values, long... sizes) {
    ByteBuffer bytes = allocate(DataType.BOOL, values.length, sizes);
    for (int i = 0; i < values.length; i++) {
      bytes.put(i, (byte) (values[i] ? 1 : 0));
    }
    return new Tensor(DataType.BOOL, sizes, bytes, null);
  }

  /** A string tensor; the values are copied. */
  public static Tensor of(String[] values, long... sizes) {
    requireCount(DataType.STRING, values.length, sizes);
    return new Tensor(DataType.STRING, sizes, null, values.clone());
  }

  /** A tensor of one repeated number, rounded or wrapped as the type has it. */
  public static Tensor filled(DataType dtype, double value, long... sizes) {
    int count = Math.toIntExact(Shape.elementCount(sizes));
    ByteBuffer bytes = allocate(dtype, count, sizes);
    for (int i = 0; value != 0 && i < count; i++) {
      Elements.putDouble(dtype, bytes, i, value);
    }
    return new Tensor(dtype, sizes, bytes, null);
  }

  private static ByteBuffer allocate(DataType dtype, int count, long... sizes) {
    requireCount(dtype, count, sizes);
    return ByteBuffer.allocate(Math.multiplyExact(count, dtype.byteSize()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireCount(DataType dtype, int count, long... sizes) {
    if (Shape.elementCount(sizes) != count) {
      throw new IllegalArgumentException(
          dtype
              + Arrays.toString(sizes)
              + " has "
              + Shape.elementCount(sizes)
              + " elements, got "
              + count);
    }
  }

  /** The type of the elements. */
  public DataType dtype() {
    return dtype;
  }

  /** The sizes of the dimensions, a copy. */
  public long[] sizes() {
    return sizes.clone();
  }

  /** Type and shape. */
  public TensorType type() {
    return TensorType.of(dtype, sizes);
  }

  /** How many elements there are. */
  public int count() {
    return Math.toIntExact(Shape.elementCount(sizes));
  }

  /**
   * The bytes: read-only, little-endian, from 0 to the end.
   *
   * @throws UnsupportedOperationException for strings
   */
  public ByteBuffer bytes() {
    return buffer().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Element {@code index} in row-major order, as a double. */
  public double getDouble(int index) {
    return Elements.getDouble(dtype, buffer(), index);
  }

  /** Element {@code index} in row-major order, as a long; floating-point ones truncated. */
  public long getLong(int index) {
    return Elements.getLong(dtype, buffer(), index);
  }

  /** All elements as floats, a new array. */
  public float[] floats() {
    float[] values = new float[count()];
    if (dtype == DataType.FLOAT32) {
      bytes().asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) getDouble(i);
    }
    return values;
  }

  /** All elements as doubles, a new array. */
  public double[] doubles() {
    double[] values = new double[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = getDouble(i);
    }
    return values;
  }

  /** All elements as longs, a new array; floating-point ones truncated. */
  public long[] longs() {
    long[] values = new long[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = getLong(i);
    }
    return values;
  }

  /**
   * All strings, a new array.
   *
   * @throws UnsupportedOperationException for other types
   */
  public String[] strings() {
    if (strings == null) {
      throw new UnsupportedOperationException(dtype + " elements are not strings");
    }
    return strings.clone();
  }

  /** This tensor with its numbers in another type, rounded, truncated or wrapped as that has it. */
  public Tensor cast(DataType target) {
    if (target == dtype) {
      return this;
    }
    int count = count();
    ByteBuffer bytes = allocate(target, count, sizes);
    for (int i = 0; i < count; i++) {
      Elements.convert(dtype, buffer(), i, target, bytes, i);
    }
    return new Tensor(target, sizes, bytes, null);
  }

  /** The same elements under another shape. */
  public Tensor reshaped(long... newSizes) {
    requireCount(dtype, count(), newSizes);
    return new Tensor(dtype, newSizes, data, strings);
  }

  private ByteBuffer buffer() {
    if (data == null) {
      throw new UnsupportedOperationException("strings have no bytes");
    }
    return data;
  }

  /** Type and shape; never the elements. */
  @Override
  public String toString() {
    return type().toString();
  }
}
