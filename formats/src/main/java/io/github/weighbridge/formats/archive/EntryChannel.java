package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.tensor.WeightSource.FileRegion;
import io.github.weighbridge.formats.TaskFailures;
import io.github.weighbridge.formats.WeightChannel;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** The bytes of an entry that is being written; {@link #close} finishes the entry. */
public final class EntryChannel implements WeightChannel {

  /**
   * In pieces that stay in the processor's cache, reading, summing and writing cost little more
   * than the copy (larger ones go to memory and back in between).
   */
  private static final int PIECE_BYTES = 256 << 10;

  /** From here on a thread that sums is worth its start. */
  private static final long WORTH_A_THREAD = 8 << 20;

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
    Optional<FileRegion> region = weight.region();
    boolean isCopied = entry.method() == Method.STORED && weight.byteCount() >= WORTH_A_THREAD;
    if (region.isPresent() && isCopied) {
      copy(region.get());
      return;
    }
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

  /** From file to file inside the system, while another thread sums the same bytes. */
  private void copy(FileRegion region) throws IOException {
    FutureTask<@Nullable Void> sum =
        new FutureTask<>(
            () -> {
              sum(region);
              return null;
            });
    Thread thread = new Thread(sum, "checksum");
    thread.setDaemon(true);
    thread.start();
    try {
      region.file().transferTo(region.position(), region.length(), channel);
    } finally {
      // Nobody else may sum meanwhile, not even after a failure.
      await(sum);
    }
    entry.size += region.length();
    entry.compressedSize += region.length();
  }

  private void sum(FileRegion region) throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    for (long at = 0; at < region.length(); at += PIECE_BYTES) {
      piece.clear().limit((int) Math.min(PIECE_BYTES, region.length() - at));
      region.file().read(region.position() + at, piece);
      crc.update(piece.flip());
    }
  }

  private static void await(FutureTask<@Nullable Void> task) throws IOException {
    try {
      task.get();
    } catch (ExecutionException e) {
      throw TaskFailures.rethrown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a checksum was computed");
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
