package io.github.weighbridge.formats.dl4j;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * Writes weights, one behind the other, as a single ND array of rank 1; see the package for the
 * bytes. Elements go through one tile, so that no tensor is ever in memory as a whole.
 */
final class NdArrayWriter {

  private static final String ALLOCATION_MODE = "MIXED_DATA_TYPES";
  private static final int EMPTY_FLAG = 8;

  /** Small enough to stay in the processor's cache while it is swapped, summed and written. */
  private static final int PIECE_BYTES = 256 << 10;

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
  void writeTo(WritableByteChannel target) throws IOException {
    writeFully(target, ByteBuffer.wrap(header));
    for (WeightRef weight : weights) {
      writeElements(weight, target);
    }
  }

  /** Weights that must be rearranged are read in large tiles, others in pieces at once. */
  private void writeElements(WeightRef weight, WritableByteChannel target) throws IOException {
    int size = dtype.byteSize();
    long most = weight.region().isPresent() ? PIECE_BYTES : WeightRef.TILE_BYTES;
    ByteBuffer tile =
        ByteBuffer.allocateDirect((int) Math.min(most, weight.byteCount()))
            .order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer piece = ByteBuffer.allocateDirect(Math.min(PIECE_BYTES, tile.capacity()));
    long perTile = tile.capacity() / size;
    for (long start = 0; start < weight.count(); start += perTile) {
      tile.clear().limit((int) Math.min(perTile, weight.count() - start) * size);
      weight.read(start, tile);
      for (int at = 0; at < tile.limit(); at += PIECE_BYTES) {
        int length = Math.min(PIECE_BYTES, tile.limit() - at);
        swap(tile.slice(at, length).order(ByteOrder.LITTLE_ENDIAN), piece.clear(), size);
        writeFully(target, piece.limit(length));
      }
    }
  }

  private static void writeFully(WritableByteChannel target, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      target.write(bytes);
    }
  }

  /** Copies little-endian elements to big-endian ones; whole buffers, which the JDK does fast. */
  private static void swap(ByteBuffer from, ByteBuffer to, int size) {
    switch (size) {
      case 2 -> to.asShortBuffer().put(from.asShortBuffer());
      case 4 -> to.asIntBuffer().put(from.asIntBuffer());
      default -> to.asLongBuffer().put(from.asLongBuffer());
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
