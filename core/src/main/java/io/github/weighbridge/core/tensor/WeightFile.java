package io.github.weighbridge.core.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicInteger;

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
   * @throws EOFException if the file ends before
   * @throws IllegalStateException if the file was closed
   */
  public void read(long position, ByteBuffer target) throws IOException {
    requireOpen();
    long at = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new EOFException(path + " ends at byte " + at + ", " + target.remaining() + " short");
      }
      at += count;
    }
  }

  /** Copies bytes of the file to a channel, without a detour where the system can. */
  public void transferTo(long position, long length, WritableByteChannel target)
      throws IOException {
    requireUnchanged();
    long at = position;
    long end = position + length;
    while (at < end) {
      long count = channel.transferTo(at, end - at, target);
      if (count <= 0) {
        throw new EOFException(path + " ends at byte " + at + ", " + (end - at) + " short");
      }
      at += count;
    }
  }

  /**
   * Makes sure that the file is still the one that was opened, by size and time.
   *
   * @throws IOException if it was changed meanwhile
   */
  public void requireUnchanged() throws IOException {
    requireOpen();
    // The path may meanwhile name another file, or none: what counts is the one that is open.
    if (channel.size() != size
        || (Files.exists(path)
            && Files.size(path) == size
            && !Files.getLastModifiedTime(path).equals(modified))) {
      throw new IOException(path + " was changed while it was being read");
    }
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
