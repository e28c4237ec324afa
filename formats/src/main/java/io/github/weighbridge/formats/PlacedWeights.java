package io.github.weighbridge.formats;

import io.github.weighbridge.core.tensor.WeightRef;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes weights to places of a file that are known beforehand. What stands in a file as it is goes
 * from file to file at once. Large weights that must be computed are computed by a second thread
 * meanwhile, and by both from {@link #finish} on, each with a tile of memory. For use by one
 * thread.
 */
public final class PlacedWeights implements WeightChannel {

  /** Smaller weights are computed before a thread would have begun. */
  private static final int WORTH_A_THREAD = 1 << 20;

  /** What a thread computes at a time, in bytes: two of these are in memory. */
  private static final int TILE_BYTES = WeightRef.TILE_BYTES / 2;

  private final FileChannel channel;
  private final List<Future<@Nullable Void>> computed = new ArrayList<>();
  private final ConcurrentLinkedQueue<ByteBuffer> idleTiles = new ConcurrentLinkedQueue<>();
  private @Nullable ThreadPoolExecutor second;
  private boolean open = true;

  /** Writes to a file. */
  public PlacedWeights(FileChannel channel) {
    this.channel = channel;
  }

  /** Writes all bytes of the buffer, now. */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
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
    if (weight.region().isPresent()) {
      weight.transferTo(channel, ByteBuffer.allocate(0));
      requireLength(length, channel.position() - position);
      return;
    }
    for (long at = 0; at < length; at += TILE_BYTES) {
      Tile tile = new Tile(weight, at, (int) Math.min(TILE_BYTES, length - at), position + at);
      if (length < WORTH_A_THREAD) {
        write(tile);
      } else {
        FutureTask<@Nullable Void> task = new FutureTask<>(() -> write(tile));
        second().execute(task);
        computed.add(task);
      }
    }
    channel.position(Math.addExact(position, length));
  }

  /** Bytes of a weight, by where they begin in it and in the file. */
  private record Tile(WeightRef weight, long from, int length, long position) {}

  private @Nullable Void write(Tile tile) throws IOException {
    ByteBuffer idle = idleTiles.poll();
    ByteBuffer bytes =
        idle != null && idle.capacity() >= tile.length()
            ? idle
            : ByteBuffer.allocateDirect(
                tile.length() < WORTH_A_THREAD ? WORTH_A_THREAD : TILE_BYTES);
    bytes.clear().limit(tile.length()).order(ByteOrder.LITTLE_ENDIAN);
    tile.weight().read(tile.from() / tile.weight().dtype().byteSize(), bytes);
    requireLength(tile.length(), bytes.position());
    bytes.flip();
    for (long at = tile.position(); bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
    idleTiles.add(bytes);
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
    if (second == null) {
      return;
    }
    for (Runnable next = second.getQueue().poll(); next != null; ) {
      next.run();
      next = second.getQueue().poll();
    }
    for (Future<@Nullable Void> tile : computed) {
      try {
        tile.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while weights were written");
      } catch (ExecutionException e) {
        throw TaskFailures.rethrown(e);
      }
    }
    computed.clear();
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

  private ThreadPoolExecutor second() {
    ThreadPoolExecutor thread = second;
    if (thread == null) {
      thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      second = thread;
    }
    return thread;
  }
}
