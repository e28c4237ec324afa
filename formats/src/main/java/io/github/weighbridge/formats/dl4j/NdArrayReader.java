package io.github.weighbridge.formats.dl4j;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.WeightFile;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads ND arrays of every version of ND4J that wrote DL4J's archives; see the package for the
 * bytes. Sizes are checked against those of the file before anything is taken for them.
 */
final class NdArrayReader {

  private static final Set<String> SHORT_LENGTHS = Set.of("DIRECT", "HEAP", "JAVACPP");
  private static final Set<String> LONG_LENGTHS = Set.of("LONG_SHAPE", "MIXED_DATA_TYPES");

  /** ND4J's own limit. */
  private static final int MAX_RANK = 32;

  /** Both headers of an array of the largest rank fit. */
  private static final int MAX_HEADER_BYTES = 4096;

  private final WeightFile file;
  private final long start;
  private final long limit;
  private final Place place;

  private NdArrayReader(WeightFile file, long start, long limit, Place place) {
    this.file = file;
    this.start = start;
    this.limit = limit;
    this.place = place;
  }

  /**
   * The array that begins at a position.
   *
   * @param limit where the bytes end that may belong to it
   * @param place for problems
   * @throws ProblemsException if there is none, or it is of no type that parameters have
   */
  static NdArray read(WeightFile file, long start, long limit, Place place) throws IOException {
    return new NdArrayReader(file, start, limit, place).read();
  }

  private NdArray read() throws IOException {
    ByteBuffer header = ByteBuffer.allocate((int) Math.min(MAX_HEADER_BYTES, limit - start));
    file.read(start, header);
    header.flip();
    try {
      return read(header);
    } catch (BufferUnderflowException e) {
      throw malformed("must have the header of an ND array", (limit - start) + " bytes");
    }
  }

  private NdArray read(ByteBuffer header) {
    List<Long> shape = shape(header);
    String mode = mode(header);
    long count = length(header, mode);
    String name = text(header);
    NdType type =
        NdType.named(name)
            .orElseThrow(
                () ->
                    ProblemsException.of(
                        ProblemCode.DTYPE_UNSUPPORTED,
                        place,
                        "must have elements of type HALF, BFLOAT16, FLOAT or DOUBLE",
                        name,
                        "save the model again with a plain type"));
    long position = start + header.position();
    int size = type.dtype().byteSize();
    if (count < 0 || count > (limit - position) / size) {
      throw malformed(
          "must have the " + count + " elements that it states",
          (limit - position) + " bytes of " + size + " for each");
    }
    if (elementCount(shape) != count) {
      throw malformed("must have as many elements as its shape " + shape, count + " elements");
    }
    return new NdArray(
        Dl4jAge.of(mode, shape), type.dtype(), shape, file, position, position + count * size);
  }

  /** The first buffer: rank, sizes, strides, flags, element-wise stride, order. */
  private List<Long> shape(ByteBuffer header) {
    String mode = mode(header);
    long count = length(header, mode);
    String type = text(header);
    boolean wide = type.equals("LONG");
    if (!wide && !type.equals("INT")) {
      throw malformed("must tell its shape in whole numbers, LONG or INT", type);
    }
    if (count < 4 || count > 2 * MAX_RANK + 4) {
      throw malformed("must tell a shape of rank 0 to " + MAX_RANK, count + " numbers");
    }
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(wide ? header.getLong() : header.getInt());
    }
    long rank = numbers.get(0);
    if (rank < 0 || 2 * rank + 4 != count) {
      throw malformed("must tell 2 rank + 4 numbers", count + " for rank " + rank);
    }
    List<Long> sizes = numbers.subList(1, (int) rank + 1);
    if (sizes.stream().anyMatch(size -> size < 0)) {
      throw malformed("must have sizes from 0 on", sizes.toString());
    }
    return sizes;
  }

  private long elementCount(List<Long> shape) {
    try {
      return shape.stream().reduce(1L, Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw malformed("must have fewer than 2^63 elements", shape.toString());
    }
  }

  private String mode(ByteBuffer header) {
    String mode = text(header);
    if (!SHORT_LENGTHS.contains(mode) && !LONG_LENGTHS.contains(mode)) {
      throw malformed("must begin with the allocation mode of a buffer", "'" + mode + "'");
    }
    return mode;
  }

  private static long length(ByteBuffer header, String mode) {
    return SHORT_LENGTHS.contains(mode) ? header.getInt() : header.getLong();
  }

  /** Java's {@code writeUTF}; names of modes and types are ASCII. */
  private static String text(ByteBuffer header) {
    int length = Short.toUnsignedInt(header.getShort());
    if (length > header.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    header.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
  }

  private ProblemsException malformed(String rule, String found) {
    return ProblemsException.of(
        ProblemCode.FILE_MALFORMED,
        place,
        rule,
        found,
        "the file is truncated or damaged; save the model again");
  }
}
