package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A weight: its type now, its elements when somebody reads them.
 *
 * <p>Views (transposed, sliced, cast...) know their type at once and compute while reading, in
 * tiles of {@link #TILE_BYTES}, so that a conversion needs memory for a tile and not for a tensor.
 * Immutable and thread-safe; usable as long as the model that it came from is open.
 */
public final class WeightRef {

  /**
   * How much a reader takes at a time, in bytes. Of a transposed matrix a tile holds a band of rows
   * or of columns, so that smaller ones mean more and shorter runs.
   */
  public static final int TILE_BYTES = 32 << 20;

  private final TensorType type;
  private final WeightSource source;

  private WeightRef(TensorType type, WeightSource source) {
    this.type = type;
    this.source = source;
  }

  /** A weight of known sizes, read from a source of row-major elements. */
  public static WeightRef of(DataType dtype, WeightSource source, long... sizes) {
    Shape.elementCount(sizes);
    return new WeightRef(TensorType.of(dtype, sizes), source);
  }

  /** A weight that is in memory already. */
  public static WeightRef of(Tensor tensor) {
    ByteBuffer bytes = tensor.bytes();
    int size = tensor.dtype().byteSize();
    return new WeightRef(
        tensor.type(),
        (start, target) ->
            target.put(bytes.slice(Math.toIntExact(start * size), target.remaining())));
  }

  /** A weight that stands as it is in a file, little-endian and row-major. */
  public static WeightRef of(DataType dtype, WeightFile file, long position, long... sizes) {
    return of(dtype, new RegionSource(file, position, dtype, sizes), sizes);
  }

  /** A weight of one repeated number. */
  public static WeightRef filled(DataType dtype, double value, long... sizes) {
    return of(dtype, new FilledSource(dtype, value), sizes);
  }

  /** Weights joined along an axis; they agree in type and in every other axis. */
  public static WeightRef concatenated(int axis, List<WeightRef> parts) {
    long[] sizes = parts.get(0).sizes();
    sizes[axis] = 0;
    for (WeightRef part : parts) {
      long[] own = part.sizes();
      if (own.length != sizes.length) {
        throw new IllegalArgumentException("cannot join " + parts + " along axis " + axis);
      }
      sizes[axis] = Math.addExact(sizes[axis], own[axis]);
      own[axis] = sizes[axis];
      if (part.dtype() != parts.get(0).dtype() || !Arrays.equals(own, sizes)) {
        throw new IllegalArgumentException("cannot join " + parts + " along axis " + axis);
      }
    }
    return of(
        parts.get(0).dtype(),
        parts.stream().allMatch(WeightRef::isZero)
            ? parts.get(0).source
            : new ConcatenatedSource(axis, List.copyOf(parts)),
        sizes);
  }

  /** Type and shape; every size is known. */
  public TensorType type() {
    return type;
  }

  /** The type of the elements. */
  public DataType dtype() {
    return type.dtype();
  }

  /** The sizes of the dimensions, a new array. */
  public long[] sizes() {
    return type.shape().sizes();
  }

  /** How many elements there are. */
  public long count() {
    return type.shape().elementCount();
  }

  /** How many bytes the elements take. */
  public long byteCount() {
    return Math.multiplyExact(count(), dtype().byteSize());
  }

  /** This weight with its axes in the order {@code perm}, as numpy's transpose. */
  public WeightRef transposed(int... perm) {
    int[] axes = IntStream.range(0, type.rank()).toArray();
    if (!Arrays.equals(Arrays.stream(perm).sorted().toArray(), axes)) {
      throw new IllegalArgumentException(
          "cannot order the axes of " + type + " as " + Arrays.toString(perm));
    }
    if (Arrays.equals(perm, axes)) {
      return this;
    }
    Shape shape = type.shape().transposed(perm);
    AxisOrder order = AxisOrder.of(sizes(), perm);
    // Axes of size one move freely: the bytes stay, and may still go from file to file.
    boolean same = order.isIdentity() || isZero();
    return new WeightRef(type.withShape(shape), same ? source : new TransposedSource(this, order));
  }

  /** The same elements under another shape. */
  public WeightRef reshaped(long... sizes) {
    if (Shape.elementCount(sizes) != count()) {
      throw new IllegalArgumentException(
          type + " has " + count() + " elements, cannot have shape " + Arrays.toString(sizes));
    }
    return new WeightRef(TensorType.of(dtype(), sizes), source);
  }

  /** The part from {@code from} (inclusive) to {@code to} (exclusive) along an axis. */
  public WeightRef sliced(int axis, long from, long to) {
    long[] sizes = sizes();
    if (from < 0 || to < from || to > sizes[axis]) {
      throw new IllegalArgumentException(
          "cannot slice " + from + ".." + to + " of axis " + axis + " of " + type);
    }
    if (from == 0 && to == sizes[axis]) {
      return this;
    }
    long[] indices = new long[Math.toIntExact(to - from)];
    Arrays.setAll(indices, i -> from + i);
    return gathered(axis, indices);
  }

  /** The slices at {@code indices} along an axis, in that order: a reordering, a flip, a part. */
  public WeightRef gathered(int axis, long... indices) {
    long[] sizes = sizes();
    for (long index : indices) {
      if (index < 0 || index >= sizes[axis]) {
        throw new IllegalArgumentException(
            "no index " + index + " in axis " + axis + " of " + type);
      }
    }
    sizes[axis] = indices.length;
    return of(dtype(), isZero() ? source : new GatheredSource(this, axis, indices.clone()), sizes);
  }

  /**
   * The numbers of 4 bits that stand two in a byte along an axis, the first in the lower half: int8
   * from -8 to 7, or uint8 from 0 to 15, as the bytes are.
   *
   * @param count how many there are along the axis; the upper half of the last byte may be none
   */
  public WeightRef unpacked(int axis, long count) {
    long[] sizes = sizes();
    boolean bytes = dtype() == DataType.INT8 || dtype() == DataType.UINT8;
    if (!bytes || (count + 1) / 2 != sizes[axis]) {
      throw new IllegalArgumentException(
          type + " has no " + count + " numbers of 4 bits along axis " + axis);
    }
    sizes[axis] = count;
    return of(dtype(), new NibbleSource(this, axis, count), sizes);
  }

  /** This weight with its axis in opposite order. */
  public WeightRef flipped(int axis) {
    long size = sizes()[axis];
    long[] indices = new long[Math.toIntExact(size)];
    Arrays.setAll(indices, i -> size - 1 - i);
    return gathered(axis, indices);
  }

  /** This weight in another type, as {@link Tensor#cast} has it. */
  public WeightRef cast(DataType dtype) {
    if (dtype == dtype()) {
      return this;
    }
    return isZero() ? filled(dtype, 0, sizes()) : of(dtype, new CastSource(this, dtype), sizes());
  }

  /**
   * This weight with the bytes of every element in the opposite order, as numpy's byteswap: what
   * stands in a file with the high byte first, or is to.
   */
  public WeightRef byteSwapped() {
    if (dtype().byteSize() == 1 || isZero()) {
      return this;
    }
    return source instanceof SwappedSource swapped
        ? swapped.base().reshaped(sizes())
        : of(dtype(), new SwappedSource(this), sizes());
  }

  /** This weight with each slice along an axis multiplied by one element of a vector. */
  public WeightRef scaled(int axis, WeightRef factors) {
    if (factors.type().rank() != 1 || factors.count() != sizes()[axis]) {
      throw new IllegalArgumentException(
          "cannot scale axis " + axis + " of " + type + " by " + factors);
    }
    return of(dtype(), new ScaledSource(this, axis, factors), sizes());
  }

  /**
   * A weight computed element by element from weights of the same shape or broadcast to it (numpy's
   * rule); computed in double precision, then rounded.
   */
  public static WeightRef mapped(
      DataType dtype, ElementFunction function, List<WeightRef> operands) {
    long[] sizes = BroadcastSource.commonSizes(operands);
    List<WeightRef> broadcast = operands.stream().map(w -> w.broadcastTo(sizes)).toList();
    return of(dtype, new MappedSource(broadcast, dtype, function), sizes);
  }

  /** This weight repeated to a larger shape by numpy's broadcasting rule. */
  public WeightRef broadcastTo(long... sizes) {
    return Arrays.equals(sizes, sizes())
        ? this
        : of(dtype(), new BroadcastSource(this, sizes.clone()), sizes);
  }

  /** Computes one element from the elements at the same place of the operands. */
  @FunctionalInterface
  public interface ElementFunction {
    /** The result for these operands; must not keep or change the array. */
    double apply(double[] operands);
  }

  /**
   * Reads elements from {@code start} on until the buffer, little-endian, is full.
   *
   * @throws IOException if the file cannot be read or was changed since it was opened
   */
  public void read(long start, ByteBuffer target) throws IOException {
    source.read(start, target);
  }

  /** Whether every element is zero, as far as that is known without reading them. */
  public boolean isZero() {
    return source instanceof FilledSource filled && filled.value() == 0;
  }

  /** Where the elements stand as they are in a file, little-endian and without gaps, if they do. */
  public Optional<WeightSource.FileRegion> region() {
    return source.region();
  }

  /**
   * All elements in parts that can be read beside each other: whole stretches of what they are read
   * from, where that is possible, which may be pieces from all over the weight.
   *
   * @param tileBytes the work space for one part, a megabyte or more
   */
  public List<WeightPart> parts(int tileBytes) {
    return source.parts(count(), dtype().byteSize(), tileBytes);
  }

  /**
   * Reads the whole weight into memory.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws ArithmeticException if it has 2 GiB or more
   */
  public Tensor load() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(byteCount())).order(ByteOrder.LITTLE_ENDIAN);
    try {
      read(0, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Tensor.of(dtype(), bytes.flip().order(ByteOrder.LITTLE_ENDIAN), sizes());
  }

  @Override
  public String toString() {
    return type.toString();
  }
}
