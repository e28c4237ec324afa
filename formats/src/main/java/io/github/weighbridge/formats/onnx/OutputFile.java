package io.github.weighbridge.formats.onnx;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears whole or not at all: written under another name in the same folder, then
 * moved into place; deleted on {@link #close} unless it was moved. So the target may be the file
 * that is being read.
 */
final class OutputFile implements AutoCloseable {

  private final Path target;
  private final Path beside;
  private final FileChannel channel;
  private boolean moved;

  private OutputFile(Path target, Path beside, FileChannel channel) {
    this.target = target;
    this.beside = beside;
    this.channel = channel;
  }

  /**
   * Begins a file.
   *
   * @throws ProblemsException if the folder is missing or cannot be written, or a folder is in the
   *     way
   */
  static OutputFile create(Path target) {
    if (Files.isDirectory(target)) {
      throw unwritable(target, "a folder of that name", null);
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw unwritable(target, "no folder " + folder, null);
    }
    // Not Files.createTempFile: its files can be read by their owner only.
    Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new OutputFile(target, beside, channel);
    } catch (IOException e) {
      throw unwritable(target, e.toString(), e);
    }
  }

  FileChannel channel() {
    return channel;
  }

  /** Moves the file into place, over whatever stands there. */
  void moveIntoPlace() throws IOException {
    channel.close();
    try {
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
    }
    moved = true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!moved) {
      Files.deleteIfExists(beside);
    }
  }

  private static ProblemsException unwritable(
      Path target, String found, @Nullable Throwable cause) {
    ProblemsException single =
        ProblemsException.of(
            ProblemCode.TARGET_UNWRITABLE,
            Place.file(target.toString()),
            "must be a file that can be written",
            found,
            "name another file or make the folder writable");
    return cause == null ? single : new ProblemsException(List.copyOf(single.problems()), cause);
  }
}
