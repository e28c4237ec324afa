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
    int size = dtype.byteSize();
    ByteBuffer tile =
        ByteBuffer.allocate((int) Math.min(WeightRef.TILE_BYTES, Math.max(size, count * size)));
    for (WeightRef weight : weights) {
      long perTile = tile.capacity() / size;
      for (long start = 0; start < weight.count(); start += perTile) {
        long elements = Math.min(perTile, weight.count() - start);
        tile.clear().limit((int) elements * size).order(ByteOrder.LITTLE_ENDIAN);
        weight.read(start, tile);
        tile.flip();
        swap(tile, size);
        writeFully(target, tile);
      }
    }
  }

  private static void writeFully(WritableByteChannel target, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      target.write(bytes);
    }
  }

  private static void swap(ByteBuffer tile, int size) {
    int limit = tile.limit();
    switch (size) {
      case 2 -> {
        for (int i = 0; i < limit; i += 2) {
          tile.putShort(i, Short.reverseBytes(tile.getShort(i)));
        }
      }
      case 4 -> {
        for (int i = 0; i < limit; i += 4) {
          tile.putInt(i, Integer.reverseBytes(tile.getInt(i)));
        }
      }
      default -> {
        for (int i = 0; i < limit; i += 8) {
          tile.putLong(i, Long.reverseBytes(tile.getLong(i)));
        }
      }
    }
  }

  private static byte[] header(DataType dtype, long count) {
    boolean empty = count == 0;
    long[] shapeInformation = {
      1, count, empty ? 0 : 1, typeFlag(dtype) | (empty ? EMPTY_FLAG : 0), empty ? 0 : 1, 'c'
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
      out.writeUTF(typeName(dtype));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /** ND4J's name of a type. */
  static String typeName(DataType dtype) {
    return switch (dtype) {
      case FLOAT16 -> "HALF";
      case BFLOAT16 -> "BFLOAT16";
      case FLOAT32 -> "FLOAT";
      case FLOAT64 -> "DOUBLE";
      default -> throw new IllegalArgumentException("no parameters are of type " + dtype);
    };
  }

  private static int typeFlag(DataType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 4096;
      case BFLOAT16 -> 2048;
      case FLOAT32 -> 8192;
      case FLOAT64 -> 16384;
      default -> throw new IllegalArgumentException("no parameters are of type " + dtype);
    };
  }
}
