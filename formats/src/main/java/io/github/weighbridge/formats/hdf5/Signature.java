package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.jhdf.Superblock;
import io.jhdf.Superblock.SuperblockV0V1;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.SymbolTableEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The signature and the superblock behind it: at byte 0, 512, 1024, 2048... */
final class Signature {

  private static final byte[] BYTES = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /** The longest superblock that jhdf reads is shorter. */
  private static final int MAX_SUPERBLOCK_BYTES = 2048;

  private Signature() {}

  /**
   * A superblock.
   *
   * @param superblock as jhdf has it; addresses in it count from the signature
   */
  record Found(Superblock superblock) {

    /** The address of the root group's object header. */
    long rootAddress(MetadataStorage storage) {
      if (superblock instanceof SuperblockV0V1 old) {
        return new SymbolTableEntry(storage, old.getRootGroupSymbolTableAddress())
            .getObjectHeaderAddress();
      }
      return ((SuperblockV2V3) superblock).getRootGroupObjectHeaderAddress();
    }
  }

  static boolean startsWith(ByteBuffer firstBytes) {
    return firstBytes.remaining() >= BYTES.length
        && firstBytes.slice(firstBytes.position(), BYTES.length).equals(ByteBuffer.wrap(BYTES));
  }

  static Found find(ByteWindow window, Place place) {
    for (long at = 0; at < window.length(); at = at == 0 ? 512 : at * 2) {
      long offset = at;
      ByteBuffer bytes = Guarded.read(place, "a superblock", () -> bytesAt(window, offset));
      if (startsWith(bytes)) {
        Superblock superblock =
            Guarded.read(place, "a superblock", () -> Superblock.readSuperblock(bytes));
        check(superblock, offset, window, place);
        return new Found(superblock);
      }
    }
    throw ProblemsException.of(
        ProblemCode.FORMAT_UNKNOWN,
        place,
        "must be an HDF5 file",
        "no HDF5 signature",
        "copy or save it again");
  }

  private static void check(Superblock superblock, long offset, ByteWindow window, Place place) {
    if (superblock.getBaseAddressByte() != offset) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place,
          "must count its addresses from its signature at " + offset,
          "base address " + superblock.getBaseAddressByte(),
          "the file is damaged; copy or save it again");
    }
    long end = superblock.getEndOfFileAddress();
    // The end counts from the start of the file, user block included (measured with h5py).
    if (end < 0 || end > window.length()) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place,
          "must have the " + end + " bytes that it says it has",
          String.valueOf(window.length()),
          "the file is truncated; copy or save it again");
    }
  }

  private static ByteBuffer bytesAt(ByteWindow window, long offset) {
    int length = (int) Math.min(MAX_SUPERBLOCK_BYTES, window.length() - offset);
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    try {
      window.file().read(window.position() + offset, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }
}
