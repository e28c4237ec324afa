package io.github.weighbridge.formats;

import io.github.weighbridge.core.tensor.WeightPart;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.tensor.WeightSource.FileRegion;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes weights to places of a file that are known beforehand. What stands in a file as it is goes
 * from file to file at once. Large weights that must be computed are computed by a second thread
 * meanwhile, and by both from {@link #finish} on, each with a tile of memory; so is the checksum of
 * what is copied. For use by one thread.
 */
public final class PlacedWeights implements WeightChannel {

  /** Smaller weights are written before a thread would have begun. */
  private static final int WORTH_A_THREAD = 1 << 20;

  /** What is summed at a time: it stays in the processor's cache. */
  private static final int PIECE_BYTES = 256 << 10;

  private final FileChannel channel;
  private final Tiles tiles;
  private final Optional<PlacedChecksum> checksum;
  private final List<FutureTask<@Nullable Void>> begun = new ArrayList<>();
  private @Nullable ThreadPoolExecutor second;
  private boolean open = true;

  /** Writes to a file, from the channel's position on. */
  public PlacedWeights(FileChannel channel) {
    this(channel, new Tiles(), Optional.empty());
  }

  /** Writes to a file and sums what is written. */
  public PlacedWeights(FileChannel channel, Tiles tiles, PlacedChecksum checksum) {
    this(channel, tiles, Optional.of(checksum));
  }

  private PlacedWeights(FileChannel channel, Tiles tiles, Optional<PlacedChecksum> checksum) {
    this.channel = channel;
    this.tiles = tiles;
    this.checksum = checksum;
  }

  /** Writes all bytes of the buffer, now. */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    writeAt(channel.position(), bytes);
    channel.position(channel.position() + count);
    return count;
  }

  /**
   * Writes a weight from the channel's position on, now or, if it takes computing, by the time of
   * {@link #finish}; the position is behind the weight afterwards.
   *
   * @throws IOException if reading or writing fails, or fewer bytes come than the type says
   */
  @Override
  public void write(WeightRef weight) throws IOException {
    long position = channel.position();
    long length = weight.byteCount();
    Optional<FileRegion> region = weight.region();
    if (region.isPresent() && (checksum.isEmpty() || length >= WORTH_A_THREAD)) {
      checksum.ifPresent(sum -> begin(() -> sum(region.get(), position, sum)));
      region.get().file().transferTo(region.get().position(), region.get().length(), channel);
      requireLength(length, channel.position() - position);
      return;
    }
    for (WeightPart part : weight.parts(WeightRef.TILE_BYTES)) {
      // Parts of a weight that fits into a tile need no more than it has.
      long tileBytes = Math.min(length, WeightRef.TILE_BYTES);
      Placed placed = new Placed(part, position, weight.dtype().byteSize(), tileBytes);
      if (length < WORTH_A_THREAD) {
        write(placed);
      } else {
        begin(() -> write(placed));
      }
    }
    channel.position(Math.addExact(position, length));
  }

  /** Some of the elements of a weight that begins at a position of the file. */
  private record Placed(WeightPart part, long position, int elementSize, long tileBytes) {}

  private @Nullable Void write(Placed placed) throws IOException {
    WeightPart part = placed.part();
    long due = part.byteCount();
    ByteBuffer tile = tiles.take(placed.tileBytes());
    long[] got = {0};
    part.read(
        tile,
        (start, elements) -> {
          got[0] += elements.remaining();
          writeAt(placed.position() + start * placed.elementSize(), elements);
        });
    requireLength(due, got[0]);
    tiles.giveBack(tile);
    return null;
  }

  private void writeAt(long position, ByteBuffer bytes) throws IOException {
    checksum.ifPresent(sum -> sum.update(position, bytes.duplicate()));
    for (long at = position; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
  }

  /** Sums what another thread copies to a position. */
  private static @Nullable Void sum(FileRegion region, long position, PlacedChecksum checksum)
      throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    for (long at = 0; at < region.length(); at += PIECE_BYTES) {
      piece.clear().limit((int) Math.min(PIECE_BYTES, region.length() - at));
      region.file().read(region.position() + at, piece);
      checksum.update(position + at, piece.flip());
    }
    return null;
  }

  /** A weight that gives fewer bytes than its type says would make a file that nobody can read. */
  private static void requireLength(long expected, long got) throws IOException {
    if (got != expected) {
      throw new IOException("wrote " + got + " bytes where " + expected + " were due");
    }
  }

  /**
   * Computes what is left, and waits for what the second thread computes.
   *
   * @throws IOException if reading or writing failed, or fewer bytes came than a type says
   */
  public void finish() throws IOException {
    for (FutureTask<@Nullable Void> task : begun) {
      // Does nothing if the other thread has it.
      task.run();
      if (task.isDone()) {
        await(task);
      }
    }
    for (FutureTask<@Nullable Void> task : begun) {
      await(task);
    }
    begun.clear();
  }

  private static void await(FutureTask<@Nullable Void> task) throws IOException {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while weights were written");
    } catch (ExecutionException e) {
      throw TaskFailures.rethrown(e);
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Leaves what was not begun, waits for what was: nobody writes to the file afterwards. */
  @Override
  public void close() {
    open = false;
    if (second == null) {
      return;
    }
    second.getQueue().clear();
    second.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        // Never interrupted: that would close the files that it reads.
        ended = second.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has something done by the second thread, or by {@link #finish}. */
  private void begin(Callable<@Nullable Void> work) {
    FutureTask<@Nullable Void> task = new FutureTask<>(work);
    begun.add(task);
    if (second == null) {
      second = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }
    second.execute(task);
  }
}
