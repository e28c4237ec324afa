package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Elements that stand in a file as they are. */
final class RegionSource implements WeightSource {

  /** Reads of so many bytes look first whether the file was changed. */
  private static final int LONG_READ = 8 << 20;

  /** What is handed on at a time where something is done with it: it stays in the cache. */
  private static final int PIECE_BYTES = 256 << 10;

  private final FileRegion region;
  private final int elementSize;

  RegionSource(WeightFile file, long position, DataType dtype, long... sizes) {
    this.elementSize = dtype.byteSize();
    long length = Math.multiplyExact(Shape.elementCount(sizes), elementSize);
    if (position < 0 || length > file.size() - position) {
      throw new IllegalArgumentException(
          length + " bytes at " + position + " are not within the " + file.size() + " of " + file);
    }
    this.region = new FileRegion(file, position, length);
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    if (target.remaining() >= LONG_READ || start == 0) {
      region.file().requireUnchanged();
    }
    region.file().requireWhole();
    region.file().read(region.position() + start * elementSize, target);
  }

  @Override
  public List<WeightPart> parts(long count, int size, int tileBytes) {
    return WeightRange.of(this, count, size, tileBytes, PIECE_BYTES);
  }

  @Override
  public Optional<FileRegion> region() {
    return Optional.of(region);
  }
}
