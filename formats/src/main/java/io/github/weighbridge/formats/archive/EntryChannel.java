package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.WeightChannel;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** The bytes of an entry that is being written; {@link #close} finishes the entry. */
public final class EntryChannel implements WeightChannel {

  /**
   * The checksum needs every byte, so weights cannot go from file to file inside the system. In
   * pieces that stay in the processor's cache, reading, summing and writing cost little more than
   * the copy (larger ones go to memory and back in between).
   */
  private static final int PIECE_BYTES = 256 << 10;

  private final FileChannel channel;
  private final EntryRecord entry;
  private final CRC32 crc = new CRC32();
  private final Deflater deflater;
  private final ByteBuffer deflated;
  private boolean open = true;

  EntryChannel(FileChannel channel, EntryRecord entry) {
    this.channel = channel;
    this.entry = entry;
    this.deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    this.deflated = ByteBuffer.allocate(entry.method() == Method.STORED ? 0 : PIECE_BYTES);
  }

  /** Writes all bytes of the buffer. */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    int count = bytes.remaining();
    entry.size += count;
    crc.update(bytes.duplicate());
    if (entry.method() == Method.STORED) {
      writeFully(bytes);
    } else {
      deflater.setInput(bytes);
      deflate(() -> !deflater.needsInput());
    }
    return count;
  }

  /** Writes a weight's bytes; faster than {@link WeightRef#transferTo} to this channel. */
  @Override
  public void write(WeightRef weight) throws IOException {
    int elementSize = weight.dtype().byteSize();
    int pieceBytes = weight.region().isPresent() ? PIECE_BYTES : WeightRef.TILE_BYTES;
    long count = weight.count();
    int perPiece = (int) Math.min(count, pieceBytes / elementSize);
    ByteBuffer piece =
        ByteBuffer.allocateDirect(perPiece * elementSize).order(ByteOrder.LITTLE_ENDIAN);
    for (long start = 0; start < count; start += perPiece) {
      piece.clear().limit((int) Math.min(perPiece, count - start) * elementSize);
      weight.read(start, piece);
      write(piece.flip());
    }
  }

  private interface Pending {
    boolean isTrue();
  }

  private void deflate(Pending more) throws IOException {
    while (more.isTrue()) {
      deflater.deflate(deflated.clear());
      writeFully(deflated.flip());
    }
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    entry.compressedSize += bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Ends the entry and patches its header. */
  @Override
  public void close() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    try {
      if (entry.method() == Method.DEFLATED) {
        deflater.finish();
        deflate(() -> !deflater.finished());
      }
    } finally {
      deflater.end();
    }
    entry.crc = crc.getValue();
    ByteBuffer header = entry.localHeader();
    long at = entry.position();
    while (header.hasRemaining()) {
      at += channel.write(header, at);
    }
  }
}
