package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.formats.hdf5.MetadataBlocks.Piece;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Puts texts into the global heap of a file that is laid out: collections of numbered objects. */
final class HeapTexts {

  /** A reference: length (4), address of a collection (8), index in it (4). */
  static final int REFERENCE_BYTES = 16;

  private static final int SIGNATURE = 0x4c4f4347; // "GCOL"

  /** The least that HDF5 makes; one text may need more. */
  private static final int COLLECTION_BYTES = 4096;

  private static final int COLLECTION_HEAD_BYTES = 16;
  private static final int OBJECT_HEAD_BYTES = 16;

  private final MetadataBlocks blocks;
  private @Nullable Piece collection;
  private int index;

  HeapTexts(MetadataBlocks blocks) {
    this.blocks = blocks;
  }

  /** Keeps a text and writes the reference to it. */
  void put(byte[] text, ByteBuffer references) {
    references.putInt(text.length);
    if (text.length == 0) {
      references.putLong(0).putInt(0);
      return;
    }
    long need = OBJECT_HEAD_BYTES + MetadataBlocks.aligned(text.length);
    Piece into = collection;
    // An object that stands for free space always follows.
    if (into == null || into.bytes().remaining() < need + OBJECT_HEAD_BYTES) {
      finish();
      into = begin(COLLECTION_HEAD_BYTES + need + OBJECT_HEAD_BYTES);
      collection = into;
    }
    ByteBuffer bytes = into.bytes();
    int end = bytes.position() + (int) need;
    // Index, how many refer to it (HDF5 does not count), reserved, length.
    index++;
    bytes.putShort((short) index).putShort((short) 0).putInt(0).putLong(text.length);
    bytes.put(text).position(end);
    references.putLong(into.address()).putInt(index);
  }

  private Piece begin(long need) {
    int size = Math.toIntExact(Math.max(COLLECTION_BYTES, need));
    Piece piece = blocks.take(size);
    piece.bytes().putInt(SIGNATURE).putInt(1).putLong(size);
    index = 0;
    return piece;
  }

  /** Ends the last collection: object 0 is what is free. */
  void finish() {
    if (collection != null) {
      ByteBuffer bytes = collection.bytes();
      bytes.putLong(bytes.position() + 8, bytes.remaining());
    }
    collection = null;
  }
}
