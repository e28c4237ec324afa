package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.tensor.WeightRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** An entry that is compressed, front to back. */
final class DeflatedEntry extends EntryChannel {

  private static final int PIECE_BYTES = 256 << 10;

  private final CRC32 crc = new CRC32();
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final ByteBuffer deflated = ByteBuffer.allocate(PIECE_BYTES);

  DeflatedEntry(FileChannel channel, EntryRecord entry) {
    super(channel, entry);
  }

  @Override
  void add(ByteBuffer bytes) throws IOException {
    entry.size += bytes.remaining();
    crc.update(bytes.duplicate());
    deflater.setInput(bytes);
    while (!deflater.needsInput()) {
      deflate();
    }
  }

  /** Weights that must be rearranged are read in large tiles, others in pieces. */
  @Override
  void add(WeightRef weight) throws IOException {
    int elementSize = weight.dtype().byteSize();
    int tileBytes = weight.region().isPresent() ? PIECE_BYTES : WeightRef.TILE_BYTES;
    long count = weight.count();
    int perTile = (int) Math.min(count, tileBytes / elementSize);
    ByteBuffer tile =
        ByteBuffer.allocateDirect(perTile * elementSize).order(ByteOrder.LITTLE_ENDIAN);
    for (long start = 0; start < count; start += perTile) {
      tile.clear().limit((int) Math.min(perTile, count - start) * elementSize);
      weight.read(start, tile);
      add(tile.flip());
    }
  }

  @Override
  void end() throws IOException {
    try {
      deflater.finish();
      while (!deflater.finished()) {
        deflate();
      }
    } finally {
      deflater.end();
    }
    entry.crc = crc.getValue();
  }

  private void deflate() throws IOException {
    deflater.deflate(deflated.clear());
    deflated.flip();
    entry.compressedSize += deflated.remaining();
    while (deflated.hasRemaining()) {
      channel.write(deflated);
    }
  }
}
