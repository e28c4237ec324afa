package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Elements that follow each other.
 *
 * @param start the first
 * @param byteCount how many bytes they take
 * @param elementSize in bytes
 * @param pieceBytes how many are read at a time
 */
record WeightRange(WeightSource source, long start, long byteCount, int elementSize, int pieceBytes)
    implements WeightPart {

  /** All elements of a source, in ranges of at most {@code tileBytes}. */
  static List<WeightPart> of(
      WeightSource source, long count, int elementSize, int tileBytes, int pieceBytes) {
    long perTile = tileBytes / elementSize;
    List<WeightPart> ranges = new ArrayList<>();
    for (long start = 0; start < count; start += perTile) {
      long length = Math.min(perTile, count - start);
      ranges.add(new WeightRange(source, start, length * elementSize, elementSize, pieceBytes));
    }
    return ranges;
  }

  @Override
  public void read(ByteBuffer tile, Sink sink) throws IOException {
    for (long at = 0; at < byteCount; at += pieceBytes) {
      tile.clear().limit((int) Math.min(pieceBytes, byteCount - at)).order(ByteOrder.LITTLE_ENDIAN);
      long from = start + at / elementSize;
      source.read(from, tile);
      sink.take(from, tile.flip());
    }
  }
}
