package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Elements that stand in a file as they are. */
final class RegionSource implements WeightSource {

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
    if (target.remaining() >= WeightRef.TILE_BYTES || start == 0) {
      region.file().requireUnchanged();
    }
    region.file().requireWhole();
    region.file().read(region.position() + start * elementSize, target);
  }

  @Override
  public Optional<FileRegion> region() {
    return Optional.of(region);
  }
}
