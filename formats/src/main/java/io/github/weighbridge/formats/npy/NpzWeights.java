package io.github.weighbridge.formats.npy;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.Unreadable;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The arrays of an {@code .npz} file as weights. Those that stand in it as weights do (stored, rows
 * first, little-endian) stay there until they are read; others are read when it is opened.
 */
public final class NpzWeights implements AutoCloseable {

  private final Archive archive;
  private final Map<String, WeightRef> arrays;

  private NpzWeights(Archive archive, Map<String, WeightRef> arrays) {
    this.archive = archive;
    this.arrays = arrays;
  }

  /**
   * Opens a file.
   *
   * @throws ProblemsException with everything that is wrong with its arrays
   */
  public static NpzWeights open(Path path) {
    Archive archive = Archive.open(path);
    try {
      Map<String, WeightRef> arrays = new LinkedHashMap<>();
      Problems problems = new Problems();
      for (ArchiveEntry entry : archive.entries()) {
        try {
          arrays.put(Npz.name(archive, entry), weight(archive, entry));
        } catch (ProblemsException e) {
          problems.addAll(e.problems());
        }
      }
      problems.throwIfErrors();
      archive.file().checkBeforeWeights(() -> check(archive));
      return new NpzWeights(archive, arrays);
    } catch (IOException e) {
      close(archive, e);
      throw Unreadable.because(Place.file(path.toString()), e);
    } catch (RuntimeException e) {
      close(archive, e);
      throw e;
    }
  }

  private static WeightRef weight(Archive archive, ArchiveEntry entry) throws IOException {
    Place place = archive.place(entry);
    if (entry.method() == Method.STORED) {
      int length = (int) Math.min(entry.size(), NpyHeader.MAX_BYTES);
      ByteBuffer head = ByteBuffer.allocate(length);
      archive.file().read(entry.position(), head);
      NpyHeader header = NpyHeader.parse(head.flip(), place);
      NpyType type = header.type();
      boolean asItStands =
          !type.isBigEndian() && !header.fortranOrder() && type.dtype() != DataType.STRING;
      if (asItStands && header.length() + header.byteCount(place) == entry.size()) {
        return WeightRef.of(
            type.dtype(), archive.file(), entry.position() + header.length(), header.sizes());
      }
    }
    return WeightRef.of(Npy.parse(archive.read(entry, Npy.MAX_BYTES), place));
  }

  private static void check(Archive archive) throws IOException {
    for (ArchiveEntry entry : archive.entries()) {
      if (entry.method() == Method.STORED) {
        archive.check(entry);
      }
    }
  }

  private static void close(Archive archive, Exception reason) {
    try {
      archive.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** The arrays by name (without {@code .npy}), in file order. */
  public Map<String, WeightRef> arrays() {
    return Collections.unmodifiableMap(arrays);
  }

  /** No longer holds the file. */
  @Override
  public void close() throws IOException {
    archive.close();
  }
}
