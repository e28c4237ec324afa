package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.tensor.WeightSource;
import io.jhdf.object.message.DataSpace;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A dataset: an array whose elements stay in the file until a weight of it is read. */
public final class Hdf5Dataset implements Hdf5Node {

  private static final int NULL_DATASPACE = 2;

  private final Hdf5File file;
  private final String path;
  private final ObjectHeader header;

  Hdf5Dataset(Hdf5File file, String path, ObjectHeader header) {
    this.file = file;
    this.path = path;
    this.header = header;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Hdf5Attributes attributes() {
    return file.attributes(path, header);
  }

  /** The sizes of the dimensions, a new array; empty for a scalar. */
  public long[] dims() {
    return Guarded.read(place(), "a shape", this::readDims);
  }

  /**
   * The type of the elements.
   *
   * @throws ProblemsException for text and other types that no weight has
   */
  public DataType dtype() {
    return elementType().dtype();
  }

  /**
   * The elements, still in the file.
   *
   * <p>Where they stand as they are (contiguous, little-endian) the weight is a region of the file;
   * big-endian ones are turned while reading; compressed ones are decoded when first read, whole.
   *
   * @throws ProblemsException if the file cannot hold what the dataset claims
   */
  public WeightRef weight() {
    ElementType type = elementType();
    long[] dims = dims();
    long bytes = byteCount(type, dims);
    Layout layout = Layout.of(file.storage(), header, place());
    if (bytes == 0) {
      return WeightRef.filled(type.dtype(), 0, dims);
    }
    if (layout.kind() == Layout.Kind.ENCODED) {
      return WeightRef.of(type.dtype(), encoded(type, dims, bytes), dims);
    }
    if (layout.isUnwritten()) {
      return WeightRef.of(type.dtype(), unwritten(type, dims, bytes), dims);
    }
    ByteWindow window = file.storage().window();
    // Data addresses count from the signature, as all others.
    long start = layout.address() + file.storage().getUserBlockSize();
    if (!window.contains(start, bytes) || layout.address() < 0) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place(),
          "must have its " + bytes + " bytes inside the file",
          bytes + " bytes at " + start + " of " + window.length(),
          "the file is truncated or damaged; copy or save it again");
    }
    long position = window.position() + start;
    return type.isLittleEndian()
        ? WeightRef.of(type.dtype(), window.file(), position, dims)
        : WeightRef.of(type.dtype(), new SwappedSource(window.file(), position, type), dims);
  }

  /** Nobody needs gigabytes of a fill value; a few bytes of a file can ask for them. */
  private WeightSource unwritten(ElementType type, long[] dims, long bytes) {
    if (bytes > DecodedSource.MAX_BYTES) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place(),
          "must not be unwritten if it has more than " + DecodedSource.MAX_BYTES + " bytes",
          bytes + " bytes of shape " + Arrays.toString(dims),
          "the writer did not finish; save the file again");
    }
    return Guarded.read(place(), "a fill value", () -> FillSource.of(header, type));
  }

  private WeightSource encoded(ElementType type, long[] dims, long bytes) {
    if (bytes > DecodedSource.MAX_BYTES) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place(),
          "must not be compressed or chunked if it has more than "
              + DecodedSource.MAX_BYTES
              + " bytes",
          bytes + " bytes of shape " + Arrays.toString(dims),
          "save it again without chunks and compression");
    }
    return new DecodedSource(file.storage(), header.address(), place(), type, (int) bytes);
  }

  private long byteCount(ElementType type, long[] dims) {
    try {
      return Math.multiplyExact(Shape.elementCount(dims), type.dtype().byteSize());
    } catch (ArithmeticException e) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place(),
          "must have a size that a file can hold",
          "shape " + Arrays.toString(dims),
          "the file is damaged or made to do harm");
    }
  }

  private long[] readDims() {
    DataSpace space =
        DataSpace.readDataSpace(
            header.require(ObjectHeader.Type.DATASPACE), file.storage().getSuperblock());
    if (space.getType() == NULL_DATASPACE) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place(),
          "must hold an array",
          "nothing (a null space)",
          "save it again");
    }
    long[] dims = space.getDimensionsAsLong();
    for (long dim : dims) {
      if (dim < 0) {
        throw ProblemsException.of(
            ProblemCode.FILE_MALFORMED,
            place(),
            "must have a size that a file can hold",
            "a dimension of " + Long.toUnsignedString(dim),
            "the file is damaged or made to do harm");
      }
    }
    return dims;
  }

  private ElementType elementType() {
    Optional<String> tag =
        attributes().has("dtype") ? attributes().text("dtype") : Optional.empty();
    ByteBuffer message =
        Guarded.read(place(), "a type", () -> header.require(ObjectHeader.Type.DATATYPE));
    return Guarded.read(place(), "a type", () -> ElementType.of(message, tag))
        .filter(element -> element.dtype().bits() >= 8)
        .orElseThrow(
            () ->
                ProblemsException.of(
                    ProblemCode.DTYPE_UNSUPPORTED,
                    place(),
                    "must have elements of a type that Keras has",
                    ElementType.describe(message)
                        + tag.map(name -> " tagged '" + name + "'").orElse(""),
                    "save it again with numbers in it"));
  }

  private Place place() {
    return file.place(path);
  }

  @Override
  public String toString() {
    return path;
  }
}
