package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.tensor.WeightSource;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The elements of a dataset that was created but never written: its fill value, repeated. */
final class FillSource implements WeightSource {

  private static final int DEFINED = 0x20;

  private final byte[] element;

  private FillSource(byte[] element) {
    this.element = element;
  }

  /** The fill value that a dataset's header states; zero if it states none. */
  static FillSource of(ObjectHeader header, ElementType type) {
    byte[] element = new byte[type.dtype().byteSize()];
    Optional<ByteBuffer> stated =
        header
            .first(ObjectHeader.Type.FILL_VALUE)
            .flatMap(FillSource::value)
            .or(
                () ->
                    header
                        .first(ObjectHeader.Type.OLD_FILL_VALUE)
                        .map(message -> message.position(4)))
            .filter(value -> value.remaining() >= element.length);
    if (stated.isPresent()) {
      stated.get().get(element);
      if (!type.isLittleEndian()) {
        SwappedSource.swap(ByteBuffer.wrap(element), 0, element.length, type.swapUnit());
      }
    }
    return new FillSource(element);
  }

  /**
   * Versions 1 and 2: version, allocation time, write time, defined (1 each), size (4), value;
   * version 3: version, flags, size (4), value.
   */
  private static Optional<ByteBuffer> value(ByteBuffer message) {
    int version = message.get(0);
    boolean defined = version == 3 ? (message.get(1) & DEFINED) != 0 : message.get(3) != 0;
    int head = version == 3 ? 6 : 8;
    return defined && message.limit() > head
        ? Optional.of(message.position(head))
        : Optional.empty();
  }

  @Override
  public void read(long start, ByteBuffer target) {
    while (target.hasRemaining()) {
      target.put(element);
    }
  }
}
