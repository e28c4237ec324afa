package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.tensor.WeightFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A part of a file as a stream. Closing it leaves the file open. */
final class RegionStream extends InputStream {

  private final WeightFile file;
  private final long end;
  private long position;

  RegionStream(WeightFile file, long position, long length) {
    this.file = file;
    this.position = position;
    this.end = position + length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position >= end) {
      return -1;
    }
    int count = (int) Math.min(length, end - position);
    file.read(position, ByteBuffer.wrap(target, offset, count));
    position += count;
    return count;
  }
}
