package io.github.weighbridge.formats.npy;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.OutputFile;
import io.github.weighbridge.formats.Unreadable;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import io.github.weighbridge.formats.archive.ArchiveWriter;
import io.github.weighbridge.formats.archive.EntryChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Arrays by name in {@code .npz} files, as {@code numpy.savez} and {@code savez_compressed} write
 * them; names are without the {@code .npy} of the entries ({@code arr_0}, {@code arr_1}...).
 */
public final class Npz {

  private static final String ENDING = ".npy";

  private Npz() {}

  /**
   * Reads all arrays, in file order.
   *
   * @throws ProblemsException with everything that is wrong with them
   */
  public static Map<String, Tensor> read(Path path) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    Problems problems = new Problems();
    try (Archive archive = Archive.open(path)) {
      for (ArchiveEntry entry : archive.entries()) {
        try {
          String name = name(archive, entry);
          byte[] bytes = archive.read(entry, Npy.MAX_BYTES);
          arrays.put(name, Npy.parse(bytes, archive.place(entry)));
        } catch (ProblemsException e) {
          problems.addAll(e.problems());
        }
      }
    } catch (IOException e) {
      throw Unreadable.because(Place.file(path.toString()), e);
    }
    problems.throwIfErrors();
    return arrays;
  }

  /** The name of an array, if an entry is one. */
  static String name(Archive archive, ArchiveEntry entry) {
    if (!entry.name().endsWith(ENDING)) {
      throw ProblemsException.of(
          ProblemCode.FORMAT_UNSUPPORTED,
          archive.place(entry),
          "must be a numpy array, being in an .npz",
          "an entry without the ending .npy",
          "save the arrays with numpy.savez");
    }
    return entry.name().substring(0, entry.name().length() - ENDING.length());
  }

  /**
   * Writes arrays, uncompressed, as {@code numpy.savez} does; the same arrays give the same bytes.
   *
   * @throws ProblemsException if the file cannot be written, or a type is one that numpy does not
   *     have (bfloat16 is written as float32)
   */
  public static void write(Path path, Map<String, Tensor> arrays) {
    try (ArchiveWriter archive = ArchiveWriter.create(path)) {
      for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
        try (EntryChannel entry = archive.entry(array.getKey() + ENDING, Method.STORED)) {
          Npy.write(array.getValue(), entry);
        }
      }
      archive.finish();
    } catch (IOException e) {
      throw OutputFile.unwritable(path, e);
    }
  }

  /**
   * Writes weights, uncompressed, as {@code numpy.savez} does; the same weights give the same
   * bytes. Names may have slashes. bfloat16, which numpy does not have, is written as float32,
   * which holds all its values.
   *
   * @throws ProblemsException with every name that no entry can have and every type that numpy does
   *     not have, before anything is written, or if the file cannot be written
   */
  public static void writeWeights(Path path, Map<String, WeightRef> weights) {
    checkWeights(path, weights);
    try (ArchiveWriter archive = ArchiveWriter.create(path)) {
      for (Map.Entry<String, WeightRef> weight : weights.entrySet()) {
        try (EntryChannel entry = archive.entry(weight.getKey() + ENDING, Method.STORED)) {
          Npy.write(weight.getValue(), entry);
        }
      }
      archive.finish();
    } catch (IOException e) {
      throw OutputFile.unwritable(path, e);
    }
  }

  private static void checkWeights(Path path, Map<String, WeightRef> weights) {
    Problems problems = new Problems();
    weights.forEach(
        (name, weight) -> {
          Place place = Place.file(path.toString()).withKey(name);
          if (!ArchiveEntry.isName(name + ENDING)) {
            problems.error(
                ProblemCode.TARGET_LIMIT,
                place,
                "must have a relative name without '..' and backslashes",
                "'" + name + "'",
                "give it another name");
          }
          try {
            Npy.requireDescr(weight.dtype(), place);
          } catch (ProblemsException e) {
            problems.addAll(e.problems());
          }
        });
    problems.throwIfErrors();
  }
}
