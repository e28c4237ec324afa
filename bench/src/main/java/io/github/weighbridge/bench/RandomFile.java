package io.github.weighbridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** Numbers to convert or copy. */
final class RandomFile {

  /** The highest bytes of a number: its sign, and an exponent from 2^-7 to 2^-6. */
  private static final int SIGN = 0x80;

  private static final int SMALL = 0x3c;

  private RandomFile() {}

  /**
   * Writes a new file of random numbers of four bytes, as small as weights, the same ones each
   * time.
   */
  static void write(Path file, long length) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] block = new byte[1 << 20];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at = 0; at < length; at += block.length) {
        random.nextBytes(block);
        for (int i = Float.BYTES - 1; i < block.length; i += Float.BYTES) {
          block[i] = (byte) ((block[i] & SIGN) | SMALL);
        }
        channel.write(ByteBuffer.wrap(block, 0, (int) Math.min(block.length, length - at)));
      }
    }
  }
}
