package io.github.weighbridge.formats.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The metadata of a file that is laid out, from address 0 on. Pieces stay where they are in memory
 * and may be filled at any time: what they refer to may be known later.
 */
final class MetadataBlocks {

  private static final int BLOCK_BYTES = 1 << 20;

  /** Every structure begins at a multiple of this. */
  static final int ALIGNMENT = 8;

  /**
   * A piece of the file.
   *
   * @param bytes zeros, little-endian, of the size that was asked for
   */
  record Piece(long address, ByteBuffer bytes) {}

  private final List<ByteBuffer> full = new ArrayList<>();
  private ByteBuffer current = ByteBuffer.allocate(0);
  private long start;

  /** The next piece. */
  Piece take(int size) {
    int length = (int) aligned(size);
    if (current.remaining() < length) {
      start = length();
      full.add(current.flip());
      current = ByteBuffer.allocate(Math.max(BLOCK_BYTES, length));
    }
    ByteBuffer bytes = current.slice(current.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    Piece piece = new Piece(length(), bytes);
    current.position(current.position() + length);
    return piece;
  }

  /** How long the metadata are so far: the address of the next piece. */
  long length() {
    return start + current.position();
  }

  /** The bytes so far, block by block. */
  List<ByteBuffer> blocks() {
    List<ByteBuffer> blocks = new ArrayList<>(full);
    blocks.add(current.duplicate().flip());
    return blocks;
  }

  /** The next multiple of {@link #ALIGNMENT}. */
  static long aligned(long position) {
    return Math.addExact(position, ALIGNMENT - 1) & -ALIGNMENT;
  }
}
