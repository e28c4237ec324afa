package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the directory at the end of a zip; layouts in the package's description. */
final class CentralDirectory {

  /** A model has a handful of entries, a data set of arrays some thousands. */
  private static final int MAX_ENTRIES = 100_000;

  private static final long MAX_DIRECTORY_BYTES = 64L << 20;
  private static final int ENCRYPTED = 1;
  private static final int ZIP64_FIELD = 1;

  private final WeightFile file;
  private final Place place;
  private final List<ArchiveEntry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private CentralDirectory(WeightFile file, Place place) {
    this.file = file;
    this.place = place;
  }

  /** The entries of a zip, checked. */
  static List<ArchiveEntry> read(WeightFile file, Place place) throws IOException {
    CentralDirectory directory = new CentralDirectory(file, place);
    DirectoryEnd end = DirectoryEnd.find(file, place);
    directory.check(end);
    directory.readEntries(end);
    directory.checkOverlaps(end.position());
    return directory.entries;
  }

  private void check(DirectoryEnd end) {
    if (end.position() < 0 || end.size() < 0 || end.size() > file.size() - end.position()) {
      throw malformed(
          "must have its directory inside the file",
          end.size() + " bytes at " + end.position() + " of " + file.size());
    }
    if (end.entries() < 0 || end.entries() > MAX_ENTRIES || end.size() > MAX_DIRECTORY_BYTES) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place,
          "must have at most "
              + MAX_ENTRIES
              + " entries and a directory of "
              + MAX_DIRECTORY_BYTES
              + " bytes",
          end.entries() + " entries and " + end.size() + " bytes",
          "the file is damaged or made to do harm");
    }
  }

  private void readEntries(DirectoryEnd end) throws IOException {
    ByteBuffer bytes = bytes(end.position(), (int) end.size());
    for (long i = 0; i < end.entries(); i++) {
      if (bytes.remaining() < Headers.CENTRAL_BYTES
          || bytes.getInt(bytes.position()) != Headers.CENTRAL) {
        throw malformed("must have " + end.entries() + " entries", String.valueOf(i));
      }
      entries.add(entry(bytes));
    }
  }

  private ArchiveEntry entry(ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    final int flags = bytes.getShort(start + 8);
    final int method = bytes.getShort(start + 10) & 0xffff;
    final long crc = bytes.getInt(start + 16) & 0xffffffffL;
    long[] sizes = {
      bytes.getInt(start + 24) & 0xffffffffL, // expanded
      bytes.getInt(start + 20) & 0xffffffffL, // kept
      bytes.getInt(start + 42) & 0xffffffffL // the local header's position
    };
    int nameLength = bytes.getShort(start + 28) & 0xffff;
    int extraLength = bytes.getShort(start + 30) & 0xffff;
    int commentLength = bytes.getShort(start + 32) & 0xffff;
    int length = Headers.CENTRAL_BYTES + nameLength + extraLength + commentLength;
    if (length > bytes.limit() - start) {
      throw malformed("must have its directory inside the file", "an entry that overruns it");
    }
    String name =
        StandardCharsets.UTF_8
            .decode(bytes.slice(start + Headers.CENTRAL_BYTES, nameLength))
            .toString();
    checkName(name);
    readZip64(
        bytes
            .slice(start + Headers.CENTRAL_BYTES + nameLength, extraLength)
            .order(ByteOrder.LITTLE_ENDIAN),
        sizes);
    bytes.position(start + length);
    if ((flags & ENCRYPTED) != 0) {
      throw unsupported(name, "must not be encrypted", "an encrypted entry");
    }
    if (method != Headers.STORED && method != Headers.DEFLATED) {
      throw unsupported(name, "must be stored or deflated", "compression method " + method);
    }
    return new ArchiveEntry(
        name,
        method == Headers.STORED ? Method.STORED : Method.DEFLATED,
        sizes[0],
        sizes[1],
        crc,
        dataPosition(name, sizes, method));
  }

  /** Sizes of 4 GiB and more stand in an extra field, in this order, only those that overflow. */
  private static void readZip64(ByteBuffer extra, long[] sizes) {
    while (extra.remaining() >= 4) {
      int id = extra.getShort();
      int length = Math.min(extra.getShort() & 0xffff, extra.remaining());
      int end = extra.position() + length;
      for (int i = 0; id == ZIP64_FIELD && i < sizes.length; i++) {
        if (sizes[i] == Headers.OVERFLOW && end - extra.position() >= 8) {
          sizes[i] = extra.getLong();
        }
      }
      extra.position(end);
    }
  }

  private long dataPosition(String name, long[] sizes, int method) throws IOException {
    long header = sizes[2];
    if (header < 0 || header > file.size() - Headers.LOCAL_BYTES) {
      throw malformed(name, "must be inside the file", "position " + header);
    }
    ByteBuffer local = bytes(header, Headers.LOCAL_BYTES);
    if (local.getInt(0) != Headers.LOCAL) {
      throw malformed(name, "must have its own header", "none at position " + header);
    }
    long position =
        header
            + Headers.LOCAL_BYTES
            + (local.getShort(26) & 0xffff)
            + (local.getShort(28) & 0xffff);
    if (sizes[0] < 0 || sizes[1] < 0 || position > file.size() - sizes[1]) {
      throw malformed(
          name,
          "must be inside the file",
          sizes[1] + " bytes at " + position + " of " + file.size());
    }
    if (method == Headers.STORED && sizes[0] != sizes[1]) {
      throw malformed(
          name, "must have one size, being stored", sizes[1] + " bytes for " + sizes[0]);
    }
    return position;
  }

  private void checkName(String name) {
    if (!ArchiveEntry.isName(name)) {
      throw ProblemsException.of(
          ProblemCode.LINK_REFUSED,
          place.withKey(name),
          "must have a relative name without '..' and backslashes",
          "'" + name + "'",
          "the file is made to do harm");
    }
    if (!names.add(name)) {
      throw ProblemsException.of(
          ProblemCode.ENTRY_DUPLICATE,
          place.withKey(name),
          "must stand in the archive once",
          "twice",
          "pack the archive again");
    }
  }

  /** Bombs let many entries share the same compressed bytes. */
  private void checkOverlaps(long directory) {
    List<ArchiveEntry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(ArchiveEntry::position));
    for (int i = 0; i < sorted.size(); i++) {
      ArchiveEntry entry = sorted.get(i);
      long limit = i + 1 < sorted.size() ? sorted.get(i + 1).position() : directory;
      if (entry.compressedSize() > limit - entry.position()) {
        throw malformed(
            entry.name(),
            "must not share its bytes",
            entry.compressedSize()
                + " bytes at "
                + entry.position()
                + ", with the next at "
                + limit);
      }
    }
  }

  private ByteBuffer bytes(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.read(position, bytes);
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private ProblemsException malformed(String rule, String found) {
    return Headers.malformed(place, rule, found);
  }

  private ProblemsException malformed(String name, String rule, String found) {
    return Headers.malformed(place.withKey(name), rule, found);
  }

  private ProblemsException unsupported(String name, String rule, String found) {
    return ProblemsException.of(
        ProblemCode.FORMAT_UNSUPPORTED,
        place.withKey(name),
        rule,
        found,
        "pack the archive again without it");
  }
}
