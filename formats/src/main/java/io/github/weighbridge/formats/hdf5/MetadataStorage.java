package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.jhdf.Superblock;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * What jhdf reads an HDF5 file's metadata through: positioned reads, bounds first.
 *
 * <p>jhdf's own storages map the file (mapped pages count as memory, and the file cannot be
 * replaced on Windows) or allocate what a length field says before looking whether the file has
 * that much. This one refuses such a length, and it has a budget: structures that point back at
 * themselves end when they have read several times the file. Thread-safe.
 */
final class MetadataStorage implements HdfBackingStorage {

  /** Metadata is read in blocks of this size: its structures are small and stand together. */
  private static final int BLOCK_BYTES = 8 << 10;

  /** {@code TREE}, little-endian. */
  private static final int TREE_SIGNATURE = 0x45455254;

  /** No heap, attribute or chunk is larger. */
  private static final long MAX_READ_BYTES = 1L << 30;

  /** Small files may read their metadata over and over up to this. */
  private static final long MIN_BUDGET_BYTES = 256L << 20;

  private static final int BUDGET_PER_FILE_BYTE = 8;

  private final ByteWindow window;
  private final Place place;
  private final Superblock superblock;
  private long budget;
  private long blockStart = -1;
  private ByteBuffer block = ByteBuffer.allocate(0);

  MetadataStorage(ByteWindow window, Place place, Superblock superblock) {
    this.window = window;
    this.place = place;
    this.superblock = superblock;
    this.budget = Math.max(MIN_BUDGET_BYTES, window.length() * BUDGET_PER_FILE_BYTE);
  }

  /** The same file with a budget of its own: for the data of one dataset. */
  MetadataStorage renewed() {
    return new MetadataStorage(window, place, superblock);
  }

  ByteWindow window() {
    return window;
  }

  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    return map(address, length);
  }

  @Override
  public ByteBuffer map(long address, long length) {
    return mapNoOffset(address + superblock.getBaseAddressByte(), length);
  }

  @Override
  public synchronized ByteBuffer mapNoOffset(long position, long length) {
    if (!window.contains(position, length) && isGroupNode(position, length)) {
      return padded(position, (int) length);
    }
    if (!window.contains(position, length)) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place,
          "must have every structure inside the file",
          length + " bytes at " + position + " of " + window.length(),
          "the file is truncated or damaged; copy or save it again");
    }
    if (length > MAX_READ_BYTES) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place,
          "must not have a structure of more than " + MAX_READ_BYTES + " bytes",
          String.valueOf(length),
          "the file is damaged or made to do harm");
    }
    budget -= length;
    if (budget < 0) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place,
          "must be readable without reading its metadata over and over",
          "structures that point back at themselves",
          "the file is damaged or made to do harm");
    }
    try {
      return length > BLOCK_BYTES ? read(position, (int) length) : slice(position, (int) length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether the read is one of jhdf 0.13's for the keys and children of a group's tree node: it
   * reads those of twice the entries that the node has, which may be beyond the end of the file.
   * The node itself must be inside.
   */
  private boolean isGroupNode(long position, long length) {
    int header = 8 + 2 * superblock.getSizeOfOffsets();
    if (position < header || !window.contains(position - header, header)) {
      return false;
    }
    ByteBuffer node = mapNoOffset(position - header, header);
    int entries = Short.toUnsignedInt(node.getShort(6));
    long own =
        (entries + 1L) * superblock.getSizeOfLengths()
            + (long) entries * superblock.getSizeOfOffsets();
    return node.getInt(0) == TREE_SIGNATURE
        && node.get(4) == 0
        && length <= 2 * own
        && window.contains(position, own);
  }

  /** What there is of a structure, and zeros after the end of the file. */
  private ByteBuffer padded(long position, int length) {
    ByteBuffer there = mapNoOffset(position, window.length() - position);
    return ByteBuffer.allocate(length)
        .put(there)
        .rewind()
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer slice(long position, int length) throws IOException {
    if (blockStart < 0 || position < blockStart || position + length > blockStart + block.limit()) {
      // The block is never written again, so slices given away before stay as they are.
      block = read(position, (int) Math.min(BLOCK_BYTES, window.length() - position));
      blockStart = position;
    }
    return block
        .slice((int) (position - blockStart), length)
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    window.file().read(window.position() + position, bytes);
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An address in a structure, of the size that addresses have in this file; -1 if undefined. */
  long address(ByteBuffer bytes, int offset) {
    return unsigned(bytes, offset, superblock.getSizeOfOffsets());
  }

  /** A little-endian number of 1 to 8 bytes. */
  long unsigned(ByteBuffer bytes, int offset, int size) {
    long number = 0;
    for (int i = 0; i < size; i++) {
      number |= (bytes.get(offset + i) & 0xffL) << (8 * i);
    }
    return number;
  }

  @Override
  public long getUserBlockSize() {
    return superblock.getBaseAddressByte();
  }

  @Override
  public Superblock getSuperblock() {
    return superblock;
  }

  @Override
  public FileChannel getFileChannel() {
    throw new UnsupportedOperationException("jhdf may only read through this storage");
  }

  @Override
  public int getSizeOfOffsets() {
    return superblock.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return superblock.getSizeOfLengths();
  }

  @Override
  public void close() {
    // Belongs to the Hdf5File.
  }

  @Override
  public long size() {
    return window.length();
  }

  @Override
  public boolean inMemory() {
    return true;
  }
}
