package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Elements with their bytes in the opposite order. */
record SwappedSource(WeightRef base) implements WeightSource {

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    int from = target.position();
    ByteBuffer own = target.slice();
    base.read(start, target);
    swap(own.limit(target.position() - from), base.dtype().byteSize());
  }

  @Override
  public List<WeightPart> parts(long count, int elementSize, int tileBytes) {
    int size = base.dtype().byteSize();
    return base.parts(tileBytes).stream()
        .<WeightPart>map(part -> new SwappedPart(part, size))
        .toList();
  }

  private record SwappedPart(WeightPart part, int elementSize) implements WeightPart {

    @Override
    public long byteCount() {
      return part.byteCount();
    }

    @Override
    public void read(ByteBuffer tile, Sink sink) throws IOException {
      part.read(
          tile,
          (start, elements) -> {
            swap(elements, elementSize);
            sink.take(start, elements);
          });
    }
  }

  /** Within the same bytes; whole buffers, which the JDK does fast. */
  private static void swap(ByteBuffer bytes, int elementSize) {
    ByteBuffer from = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    ByteBuffer to = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    switch (elementSize) {
      case 2 -> to.asShortBuffer().put(from.asShortBuffer());
      case 4 -> to.asIntBuffer().put(from.asIntBuffer());
      case 8 -> to.asLongBuffer().put(from.asLongBuffer());
      default -> {}
    }
  }
}
