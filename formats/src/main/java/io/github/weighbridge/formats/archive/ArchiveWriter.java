package io.github.weighbridge.formats.archive;

import io.github.weighbridge.formats.OutputFile;
import io.github.weighbridge.formats.Tiles;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a zip in one pass: each entry's header is patched when the entry is finished, so sizes
 * need not be known before. The same entries give the same bytes: every time stamp is 1980-01-01.
 *
 * <p>The file appears with {@link #finish}; closing without it leaves nothing behind. Not
 * thread-safe. Methods that write throw {@link IOException} for a full or broken disk.
 */
public final class ArchiveWriter implements AutoCloseable {

  private final OutputFile output;
  private final FileChannel channel;
  private final Tiles tiles = new Tiles();
  private final Map<String, EntryRecord> entries = new LinkedHashMap<>();
  private @Nullable EntryChannel open;

  private ArchiveWriter(OutputFile output) {
    this.output = output;
    this.channel = output.channel();
  }

  /**
   * Begins a zip.
   *
   * @throws io.github.weighbridge.core.problem.ProblemsException if nothing can be written there
   */
  public static ArchiveWriter create(Path target) {
    return new ArchiveWriter(OutputFile.create(target));
  }

  /**
   * Begins an entry; its bytes are what is written to the channel until that is closed.
   *
   * @param name see {@link ArchiveEntry#isName}
   * @throws IllegalArgumentException if it is no name for an entry, or there is one of that name
   * @throws IllegalStateException if the entry before is not closed
   */
  public EntryChannel entry(String name, Method method) throws IOException {
    if (open != null && open.isOpen()) {
      throw new IllegalStateException("the entry before " + name + " is still open");
    }
    if (!ArchiveEntry.isName(name)) {
      throw new IllegalArgumentException("no entry can be called " + name);
    }
    EntryRecord entry = new EntryRecord(name, method, channel.position());
    if (entries.putIfAbsent(name, entry) != null) {
      throw new IllegalArgumentException("two entries " + name);
    }
    writeFully(entry.localHeader());
    open =
        switch (method) {
          case STORED -> new StoredEntry(channel, entry, tiles);
          case DEFLATED -> new DeflatedEntry(channel, entry);
        };
    return open;
  }

  /** Writes a whole entry. */
  public void write(String name, Method method, byte[] content) throws IOException {
    try (EntryChannel entry = entry(name, method)) {
      entry.write(ByteBuffer.wrap(content));
    }
  }

  /** Writes the directory and moves the zip to its place. */
  public void finish() throws IOException {
    if (open != null && open.isOpen()) {
      throw new IllegalStateException("an entry is still open");
    }
    long start = channel.position();
    for (EntryRecord entry : entries.values()) {
      writeFully(entry.centralHeader());
    }
    writeFully(end(start, channel.position()));
    output.commit();
  }

  @Override
  public void close() throws IOException {
    output.close();
  }

  private ByteBuffer end(long start, long position) {
    int count = entries.size();
    boolean zip64 = count >= 0xffff || position >= Headers.OVERFLOW;
    ByteBuffer bytes =
        ByteBuffer.allocate(
                Headers.ZIP64_END_BYTES + Headers.ZIP64_LOCATOR_BYTES + Headers.END_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    if (zip64) {
      bytes.putInt(Headers.ZIP64_END).putLong(Headers.ZIP64_END_BYTES - 12);
      bytes.putShort(Headers.VERSION_ZIP64).putShort(Headers.VERSION_ZIP64).putInt(0).putInt(0);
      bytes.putLong(count).putLong(count).putLong(position - start).putLong(start);
      bytes.putInt(Headers.ZIP64_LOCATOR).putInt(0).putLong(position).putInt(1);
    }
    bytes.putInt(Headers.END).putInt(0);
    bytes.putShort((short) Math.min(count, 0xffff)).putShort((short) Math.min(count, 0xffff));
    bytes.putInt((int) Math.min(position - start, Headers.OVERFLOW));
    bytes.putInt((int) Math.min(start, Headers.OVERFLOW)).putShort((short) 0);
    return bytes.flip();
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
