package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.formats.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A zip that is read without trusting it: names, sizes and positions are checked when it is opened,
 * expansion while it is read. Not thread-safe; the {@link WeightFile} is.
 *
 * <p>Every method throws {@link ProblemsException} for what is wrong with the file.
 */
public final class Archive implements AutoCloseable {

  /** Larger entries that expand more than this are bombs; deflate itself can do 1,032. */
  private static final long MAX_LARGE_EXPANSION = 100;

  private static final long LARGE_BYTES = 4L << 30;

  /** Stays in the processor's cache between reading and summing. */
  private static final int PIECE_BYTES = 256 << 10;

  private final WeightFile file;
  private final Map<String, ArchiveEntry> entries = new LinkedHashMap<>();

  private Archive(WeightFile file, List<ArchiveEntry> entries) {
    this.file = file;
    entries.forEach(entry -> this.entries.put(entry.name(), entry));
  }

  /** Opens a zip. */
  public static Archive open(Path path) {
    Place place = Place.file(path.toString());
    WeightFile file;
    try {
      file = WeightFile.open(path);
    } catch (IOException e) {
      throw Unreadable.because(place, e);
    }
    try {
      return new Archive(file, CentralDirectory.read(file, place));
    } catch (IOException e) {
      closeQuietly(file, e);
      throw Unreadable.because(place, e);
    } catch (RuntimeException e) {
      closeQuietly(file, e);
      throw e;
    }
  }

  private static void closeQuietly(WeightFile file, Exception reason) {
    try {
      file.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** The entries, in the order of the zip's directory. */
  public List<ArchiveEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** The entry of that name. */
  public Optional<ArchiveEntry> entry(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** The zip's file: what a stored entry's position counts in. */
  public WeightFile file() {
    return file;
  }

  /**
   * The bytes of an entry, expanded.
   *
   * @param limit how many bytes it may have
   */
  public byte[] read(ArchiveEntry entry, long limit) {
    if (entry.size() > Math.min(limit, Integer.MAX_VALUE - 8)) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place(entry),
          "must have at most " + limit + " bytes",
          String.valueOf(entry.size()),
          "the file is damaged or made to do harm");
    }
    try (InputStream in = stream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw Unreadable.because(place(entry), e);
    }
  }

  /**
   * The bytes of an entry, expanded as they are read. The stream throws {@link ProblemsException}
   * at the byte where the entry turns out to be longer or shorter than it says, or other than its
   * checksum.
   */
  public InputStream stream(ArchiveEntry entry) {
    InputStream kept = new RegionStream(file, entry.position(), entry.compressedSize());
    if (entry.method() == ArchiveEntry.Method.STORED) {
      return new CheckedEntryStream(kept, entry, place(entry));
    }
    if (entry.size() > LARGE_BYTES
        && entry.size() / Math.max(1, entry.compressedSize()) > MAX_LARGE_EXPANSION) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place(entry),
          "must not expand more than " + MAX_LARGE_EXPANSION + " times",
          entry.compressedSize() + " bytes that expand to " + entry.size(),
          "the file is made to do harm");
    }
    return new CheckedEntryStream(
        new InflaterInputStream(kept, new Inflater(true), 64 << 10), entry, place(entry));
  }

  /**
   * Compares a stored entry with its checksum.
   *
   * <p>A pass over bytes that are read again afterwards, then from the system's cache: some 0.4 s a
   * GB. Weights are not read in the order of the file, so that summing them on the way would not
   * do.
   *
   * @throws ProblemsException if it has another one
   */
  public void check(ArchiveEntry entry) throws IOException {
    CRC32 crc = new CRC32();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    long end = entry.position() + entry.compressedSize();
    for (long at = entry.position(); at < end; at += piece.limit()) {
      piece.clear().limit((int) Math.min(PIECE_BYTES, end - at));
      file.read(at, piece);
      crc.update(piece.flip());
    }
    if (crc.getValue() != entry.crc()) {
      throw CheckedEntryStream.otherChecksum(place(entry), entry, crc.getValue());
    }
  }

  /** The place of an entry, for problems. */
  public Place place(ArchiveEntry entry) {
    return Place.file(file.path().toString()).withKey(entry.name());
  }

  /** No longer holds the file. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
