package io.github.weighbridge.formats.dl4j;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.WeightChannel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes weights, one behind the other, as a single ND array of rank 1; see the package for the
 * bytes.
 */
final class NdArrayWriter {

  private static final String ALLOCATION_MODE = "MIXED_DATA_TYPES";
  private static final int EMPTY_FLAG = 8;

  private final DataType dtype;
  private final List<WeightRef> weights;
  private final long count;
  private final byte[] header;

  /**
   * An array of these weights, each cast to {@code dtype} and taken in row-major order.
   *
   * @throws IllegalArgumentException if ND4J has no such floating-point type
   */
  NdArrayWriter(DataType dtype, List<WeightRef> weights) {
    this.dtype = dtype;
    this.weights = weights.stream().map(w -> w.cast(dtype)).toList();
    this.count = weights.stream().mapToLong(WeightRef::count).reduce(0, Math::addExact);
    this.header = header(dtype, count);
  }

  /** How many bytes {@link #writeTo} writes. */
  long byteCount() {
    return Math.addExact(header.length, Math.multiplyExact(count, dtype.byteSize()));
  }

  /** Writes header and elements; may be called again, with the same result. */
  void writeTo(WeightChannel target) throws IOException {
    target.write(ByteBuffer.wrap(header));
    for (WeightRef weight : weights) {
      target.write(weight.byteSwapped());
    }
  }

  private static byte[] header(DataType dtype, long count) {
    boolean empty = count == 0;
    long[] shapeInformation = {
      1,
      count,
      empty ? 0 : 1,
      NdType.of(dtype).flag() | (empty ? EMPTY_FLAG : 0),
      empty ? 0 : 1,
      'c'
    };
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(ALLOCATION_MODE);
      out.writeLong(shapeInformation.length);
      out.writeUTF("LONG");
      for (long number : shapeInformation) {
        out.writeLong(number);
      }
      out.writeUTF(ALLOCATION_MODE);
      out.writeLong(count);
      out.writeUTF(NdType.of(dtype).name());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }
}
