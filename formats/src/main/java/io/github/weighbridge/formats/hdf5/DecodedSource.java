package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.tensor.WeightSource;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Elements that do not stand in the file as they are (chunked, compressed, inside the header):
 * decoded whole when first read, and again if memory was needed for something else meanwhile.
 */
final class DecodedSource implements WeightSource {

  /** Weights of other programs that are compressed are small; Keras writes none. */
  static final long MAX_BYTES = 1L << 30;

  private final MetadataStorage storage;
  private final long headerAddress;
  private final Place place;
  private final ElementType type;
  private final int byteCount;
  private SoftReference<ByteBuffer> decoded = new SoftReference<>(null);

  DecodedSource(
      MetadataStorage storage, long headerAddress, Place place, ElementType type, int byteCount) {
    this.storage = storage;
    this.headerAddress = headerAddress;
    this.place = place;
    this.type = type;
    this.byteCount = byteCount;
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    int from = Math.toIntExact(start * type.dtype().byteSize());
    target.put(bytes().slice(from, target.remaining()));
  }

  private synchronized ByteBuffer bytes() throws IOException {
    @Nullable ByteBuffer bytes = decoded.get();
    if (bytes == null) {
      storage.window().file().requireUnchanged();
      storage.window().file().requireWhole();
      bytes = ByteBuffer.wrap(Chunks.decode(storage.renewed(), headerAddress, place, byteCount));
      if (!type.isLittleEndian()) {
        SwappedSource.swap(bytes, 0, byteCount, type.swapUnit());
      }
      decoded = new SoftReference<>(bytes);
    }
    return bytes;
  }
}
