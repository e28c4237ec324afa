package io.github.weighbridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** Bytes to convert or copy. */
final class RandomFile {

  private RandomFile() {}

  /** Writes a new file of random bytes, the same ones each time. */
  static void write(Path file, long length) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] block = new byte[1 << 20];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at = 0; at < length; at += block.length) {
        random.nextBytes(block);
        channel.write(ByteBuffer.wrap(block, 0, (int) Math.min(block.length, length - at)));
      }
    }
  }
}
