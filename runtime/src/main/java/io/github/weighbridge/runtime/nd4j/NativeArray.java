package io.github.weighbridge.runtime.nd4j;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Elements;
import io.github.weighbridge.core.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A row-major array outside the heap: a window on a {@link NativeMemory}, which must stay open.
 * Element access from Java goes through direct buffers and is limited to 2 GiB; native operations
 * have no such limit. Not thread-safe.
 */
public final class NativeArray {

  private final Pointer pointer;
  private final DataType dtype;
  private final long[] sizes;
  private final int count;
  private @Nullable ByteBuffer bytes;
  private @Nullable FloatBuffer floats;

  NativeArray(Pointer pointer, DataType dtype, long... sizes) {
    this.pointer = pointer;
    this.dtype = dtype;
    this.sizes = sizes.clone();
    this.count = Math.toIntExact(Shape.elementCount(sizes));
  }

  /** The type of the elements as they are stored. */
  public DataType dtype() {
    return dtype;
  }

  /** The size of an axis. */
  public long size(int axis) {
    return sizes[axis];
  }

  /** The sizes of the axes, a copy. */
  public long[] sizes() {
    return sizes.clone();
  }

  /** How many axes there are. */
  public int rank() {
    return sizes.length;
  }

  /** How many elements there are. */
  public int count() {
    return count;
  }

  /** How many bytes the elements take. */
  public long byteCount() {
    return (long) count * dtype.byteSize();
  }

  /** The same elements under another shape. */
  public NativeArray reshaped(long... newSizes) {
    NativeArray view = new NativeArray(pointer, dtype, newSizes);
    if (view.count != count) {
      throw new IllegalArgumentException(this + " has not the size of " + view);
    }
    return view;
  }

  /** The elements from one (in row-major order) on, as an array of its own. */
  public NativeArray part(long first, long... partSizes) {
    BytePointer begin = new BytePointer(pointer).getPointer(first * dtype.byteSize());
    return new NativeArray(begin, dtype, partSizes);
  }

  /** Whether both stand at the same place in memory. */
  public boolean sharesStorageWith(NativeArray other) {
    return pointer.address() == other.pointer.address();
  }

  /** The bytes, little-endian, from 0 to the end; the same buffer each time. */
  public ByteBuffer bytes() {
    ByteBuffer known = bytes;
    if (known == null) {
      known = view(0, Math.toIntExact(byteCount()));
      bytes = known;
    }
    return known;
  }

  /** A part of the bytes, little-endian; the way to arrays of any size. */
  public ByteBuffer view(long firstByte, int length) {
    if (length == 0) {
      return ByteBuffer.allocateDirect(0).order(ByteOrder.LITTLE_ENDIAN);
    }
    return new BytePointer(pointer)
        .getPointer(firstByte)
        .capacity(length)
        .asByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The elements of a float32 array; the same buffer each time. */
  public FloatBuffer floats() {
    FloatBuffer known = floats;
    if (known == null) {
      known = bytes().asFloatBuffer();
      floats = known;
    }
    return known;
  }

  /** Element {@code index} in row-major order, as a double. */
  public double getDouble(int index) {
    return Elements.getDouble(dtype, bytes(), index);
  }

  /** Element {@code index} in row-major order, as a long; floating-point ones truncated. */
  public long getLong(int index) {
    return Elements.getLong(dtype, bytes(), index);
  }

  /** Puts a number, rounded or wrapped as the type has it. */
  public void putDouble(int index, double value) {
    Elements.putDouble(dtype, bytes(), index, value);
  }

  /** Puts a whole number, wrapped as the type has it. */
  public void putLong(int index, long value) {
    Elements.putLong(dtype, bytes(), index, value);
  }

  Pointer pointer() {
    return pointer;
  }

  /** Type and shape; never the elements. */
  @Override
  public String toString() {
    return dtype + Shape.of(sizes).toString();
  }
}
