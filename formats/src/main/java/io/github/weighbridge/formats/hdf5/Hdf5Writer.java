package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.OutputFile;
import io.github.weighbridge.formats.PlacedWeights;
import io.github.weighbridge.formats.WeightChannel;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes HDF5 files in one forward pass: the metadata first, which are in memory, then the weights,
 * which never are as a whole. The same content gives the same bytes.
 */
public final class Hdf5Writer {

  private Hdf5Writer() {}

  /**
   * Writes a file; the target is replaced when all of it is written.
   *
   * @throws ProblemsException with everything that HDF5 cannot keep, or if the file cannot be
   *     written
   */
  public static void write(Path target, Hdf5Content content) {
    write(target, content, () -> {});
  }

  /**
   * Writes a file, see {@link #write(Path, Hdf5Content)}.
   *
   * @param approval asked when all is written; what it throws is thrown, and nothing appears then
   */
  public static void write(Path target, Hdf5Content content, Runnable approval) {
    content.requireKept();
    try (OutputFile output = OutputFile.create(target)) {
      try (PlacedWeights weights = new PlacedWeights(output.channel())) {
        new Hdf5Image(content).writeTo(weights);
        weights.finish();
      }
      approval.run();
      output.commit();
    } catch (IOException e) {
      throw OutputFile.unwritable(target, e);
    }
  }

  /**
   * Writes a file into another one, as an entry of a zip.
   *
   * @throws ProblemsException with everything that HDF5 cannot keep, before anything is written
   */
  public static void write(WeightChannel target, Hdf5Content content) throws IOException {
    content.requireKept();
    new Hdf5Image(content).writeTo(target);
  }
}
