package io.github.weighbridge.formats.dl4j;

import io.github.weighbridge.core.tensor.WeightSource;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The bytes of a compressed entry, expanded whenever they are read: for those that nobody reads.
 */
final class EntrySource implements WeightSource {

  private final Archive archive;
  private final ArchiveEntry entry;

  EntrySource(Archive archive, ArchiveEntry entry) {
    this.archive = archive;
    this.entry = entry;
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    try (InputStream in = archive.stream(entry)) {
      in.skipNBytes(start);
      byte[] piece = in.readNBytes(target.remaining());
      if (piece.length < target.remaining()) {
        throw new EOFException(entry.name() + " has ended early");
      }
      target.put(piece);
    }
  }
}
