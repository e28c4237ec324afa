package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Expanded bytes of an entry, compared with the size and the checksum that the zip states. */
final class CheckedEntryStream extends FilterInputStream {

  private final ArchiveEntry entry;
  private final Place place;
  private final CRC32 crc = new CRC32();
  private long count;

  CheckedEntryStream(InputStream expanded, ArchiveEntry entry, Place place) {
    super(expanded);
    this.entry = entry;
    this.place = place;
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
    int read;
    try {
      read = super.read(target, offset, length);
    } catch (ZipException | EOFException e) {
      throw malformed("must be deflated data", "damaged ones", e);
    }
    if (read > 0) {
      crc.update(target, offset, read);
      count += read;
    }
    if (count > entry.size() || (read < 0 && count < entry.size())) {
      throw malformed(
          "must expand to the " + entry.size() + " bytes that it states",
          (count > entry.size() ? "more than " + entry.size() : String.valueOf(count)),
          null);
    }
    if (read < 0 && crc.getValue() != entry.crc()) {
      throw otherChecksum(place, entry, crc.getValue());
    }
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] dropped = new byte[(int) Math.min(Math.max(n, 0), 64 << 10)];
    return Math.max(0, read(dropped, 0, dropped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** What is told of an entry whose bytes have another CRC-32 than the zip states. */
  static ProblemsException otherChecksum(Place place, ArchiveEntry entry, long found) {
    return malformed(
        place,
        String.format("must have the checksum %08x", entry.crc()),
        String.format("%08x", found),
        null);
  }

  private ProblemsException malformed(String rule, String found, @Nullable Throwable cause) {
    return malformed(place, rule, found, cause);
  }

  private static ProblemsException malformed(
      Place place, String rule, String found, @Nullable Throwable cause) {
    return ProblemsException.of(
        ProblemCode.FILE_MALFORMED,
        place,
        rule,
        found,
        "the file is damaged; copy or save it again",
        cause);
  }
}
