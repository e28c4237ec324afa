package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.WeightChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/** The bytes of an entry that is being written; {@link #close} finishes the entry. */
public abstract sealed class EntryChannel implements WeightChannel
    permits StoredEntry, DeflatedEntry {

  final FileChannel channel;
  final EntryRecord entry;
  private boolean open = true;

  EntryChannel(FileChannel channel, EntryRecord entry) {
    this.channel = channel;
    this.entry = entry;
  }

  /** Writes all bytes of the buffer. */
  @Override
  public final int write(ByteBuffer bytes) throws IOException {
    requireOpen();
    int count = bytes.remaining();
    add(bytes);
    return count;
  }

  @Override
  public final void write(WeightRef weight) throws IOException {
    requireOpen();
    add(weight);
  }

  abstract void add(ByteBuffer bytes) throws IOException;

  abstract void add(WeightRef weight) throws IOException;

  /** Writes what is left, then tells the record sizes and checksum. */
  abstract void end() throws IOException;

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public final boolean isOpen() {
    return open;
  }

  /** Ends the entry and patches its header. */
  @Override
  public final void close() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    end();
    ByteBuffer header = entry.localHeader();
    long at = entry.position();
    while (header.hasRemaining()) {
      at += channel.write(header, at);
    }
  }
}
