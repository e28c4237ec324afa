package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.PlacedChecksum;
import io.github.weighbridge.formats.PlacedWeights;
import io.github.weighbridge.formats.Tiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An entry that stands as it is: its weights may be written in any order. */
final class StoredEntry extends EntryChannel {

  private final PlacedChecksum checksum = new PlacedChecksum();
  private final PlacedWeights content;

  StoredEntry(FileChannel channel, EntryRecord entry, Tiles tiles) {
    super(channel, entry);
    this.content = new PlacedWeights(channel, tiles, checksum);
  }

  @Override
  void add(ByteBuffer bytes) throws IOException {
    content.write(bytes);
  }

  @Override
  void add(WeightRef weight) throws IOException {
    content.write(weight);
  }

  @Override
  void end() throws IOException {
    try (content) {
      content.finish();
    }
    entry.size = checksum.length();
    entry.compressedSize = entry.size;
    entry.crc = checksum.value();
  }
}
