package io.github.weighbridge.cli;

import io.github.weighbridge.formats.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that is written into a folder beside its place, so that nothing appears there before it is
 * known good. What is written beside it in the folder goes with it.
 */
final class StagedFile implements AutoCloseable {

  private final Path target;
  private final Path folder;

  private StagedFile(Path target, Path folder) {
    this.target = target;
    this.folder = folder;
  }

  /**
   * A place for a file to be written to.
   *
   * @throws io.github.weighbridge.core.problem.ProblemsException if nothing can be written there
   */
  static StagedFile of(Path output) {
    Path target = output.toAbsolutePath();
    Path parent = target.getParent();
    if (parent == null || Files.isDirectory(target)) {
      throw OutputFile.unwritable(output, "a folder", "name a file in it", null);
    }
    if (!Files.isDirectory(parent)) {
      throw OutputFile.unwritable(output, "no folder " + parent, "make the folder first", null);
    }
    try {
      return new StagedFile(
          target, Files.createTempDirectory(parent, "." + target.getFileName() + "."));
    } catch (IOException e) {
      throw OutputFile.unwritable(
          output, "a folder that cannot be written to", "choose another, or ask for the right", e);
    }
  }

  Path folder() {
    return folder;
  }

  /** Where to write. */
  Path path() {
    return folder.resolve(target.getFileName());
  }

  /** Moves all to its place: the file last, so that it never stands there without what it needs. */
  void commit() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> inOrder =
          files
              .sorted(Comparator.comparing(f -> f.getFileName().equals(target.getFileName())))
              .toList();
      for (Path file : inOrder) {
        Files.move(
            file,
            target.resolveSibling(file.getFileName()),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Override
  public void close() throws IOException {
    Way.deleteAll(folder);
  }
}
