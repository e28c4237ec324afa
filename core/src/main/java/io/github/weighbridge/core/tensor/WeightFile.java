package io.github.weighbridge.core.tensor;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An open file that weights are read from, by channel and never by mapping, so that it can be
 * replaced or deleted afterwards on every system.
 *
 * <p>Reference-counted: whoever keeps it calls {@link #retain} and later {@link #close}; the last
 * close closes the channel. Thread-safe.
 */
public final class WeightFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final FileTime modified;
  private final AtomicInteger holders = new AtomicInteger(1);
  private volatile @Nullable Check check;

  private WeightFile(Path path, FileChannel channel, long size, FileTime modified) {
    this.path = path;
    this.channel = channel;
    this.size = size;
    this.modified = modified;
  }

  /** Opens a file; the caller holds it until {@link #close}. */
  public static WeightFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new WeightFile(path, channel, channel.size(), Files.getLastModifiedTime(path));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The file's path, as it was opened. */
  public Path path() {
    return path;
  }

  /** Its size when it was opened, in bytes. */
  public long size() {
    return size;
  }

  /** Looks whether a file's weights are whole. */
  @FunctionalInterface
  public interface Check {
    /**
     * Reads what it needs.
     *
     * @throws ProblemsException if they are not
     */
    void run() throws IOException;
  }

  /**
   * Has a check run once, before the first weight is read. Not when it is given: who only looks at
   * names and shapes does not pay for it.
   */
  public void checkBeforeWeights(Check weightCheck) {
    check = weightCheck;
  }

  /**
   * Makes sure that the file's check, if it has one, has found its weights whole.
   *
   * @throws ProblemsException if it finds that they are not; each time, not only the first
   */
  public void requireWhole() throws IOException {
    if (check != null) {
      synchronized (holders) {
        Check due = check;
        if (due != null) {
          due.run();
          check = null;
        }
      }
    }
  }

  /** One holder more. */
  public WeightFile retain() {
    if (holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
      throw closed();
    }
    return this;
  }

  /** One holder less; the last one closes the channel. */
  @Override
  public void close() throws IOException {
    if (holders.updateAndGet(n -> Math.max(0, n - 1)) == 0) {
      channel.close();
    }
  }

  /**
   * Fills a buffer from a position of the file.
   *
   * @throws ProblemsException if the file ends before, being shorter than when it was opened
   * @throws IllegalStateException if the file was closed
   */
  public void read(long position, ByteBuffer target) throws IOException {
    requireOpen();
    long at = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw changed();
      }
      at += count;
    }
  }

  /** Copies bytes of the file to a channel, without a detour where the system can. */
  public void transferTo(long position, long length, WritableByteChannel target)
      throws IOException {
    requireUnchanged();
    requireWhole();
    long at = position;
    long end = position + length;
    while (at < end) {
      long count = channel.transferTo(at, end - at, target);
      if (count <= 0) {
        throw changed();
      }
      at += count;
    }
  }

  /**
   * Makes sure that the file is still the one that was opened, by size and time.
   *
   * @throws ProblemsException if it was changed meanwhile
   */
  public void requireUnchanged() throws IOException {
    requireOpen();
    // The path may meanwhile name another file, or none: what counts is the one that is open.
    if (channel.size() != size
        || (Files.exists(path)
            && Files.size(path) == size
            && !Files.getLastModifiedTime(path).equals(modified))) {
      throw changed();
    }
  }

  private ProblemsException changed() {
    return ProblemsException.of(
        ProblemCode.FILE_UNREADABLE,
        Place.file(path.toString()),
        "must stay as it is while it is read",
        "a change since it was opened",
        "run again when nothing writes to it");
  }

  private void requireOpen() {
    if (holders.get() == 0) {
      throw closed();
    }
  }

  private IllegalStateException closed() {
    return new IllegalStateException(path + " is closed; its weights can no longer be read");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
