package io.github.weighbridge.formats;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears whole or not at all: written beside its place, moved into it by {@link
 * #commit}, deleted by {@link #close} if it was not. The place may be the file that is being read.
 */
public final class OutputFile implements AutoCloseable {

  private static final int MAX_NAMES_TRIED = 100;

  /** A disk with less room is why a write failed: systems keep a few blocks back. */
  private static final long FULL_BYTES = 1L << 20;

  private final Path target;
  private final Path beside;
  private final FileChannel channel;
  private boolean committed;

  private OutputFile(Path target, Path beside, FileChannel channel) {
    this.target = target;
    this.beside = beside;
    this.channel = channel;
  }

  /**
   * Begins a file.
   *
   * @throws ProblemsException {@link ProblemCode#TARGET_UNWRITABLE} if nothing can be written there
   */
  public static OutputFile create(Path target) {
    if (Files.isDirectory(target)) {
      throw unwritable(target, "a folder", "name a file in it", null);
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw unwritable(target, "no folder " + folder, "make the folder first", null);
    }
    Random names = new Random();
    IOException failure = null;
    for (int i = 0; i < MAX_NAMES_TRIED; i++) {
      // Not Files.createTempFile: its files are for their owner only, and would stay so.
      Path beside =
          folder.resolve(
              "." + target.getFileName() + "." + Integer.toHexString(names.nextInt()) + ".part");
      try {
        return new OutputFile(
            target,
            beside,
            FileChannel.open(
                beside,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
      } catch (IOException e) {
        failure = e;
        if (!Files.exists(beside)) {
          break;
        }
      }
    }
    throw unwritable(
        target,
        "a folder that cannot be written to",
        "choose another, or ask for the right",
        failure);
  }

  /** Where the bytes go; closed by {@link #commit} and {@link #close}. */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Moves what was written to its place, over what stood there.
   *
   * @throws ProblemsException {@link ProblemCode#TARGET_UNWRITABLE} if that fails
   */
  public void commit() {
    try {
      channel.close();
      try {
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      }
      committed = true;
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** Deletes what was written, unless it was committed. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (!committed) {
      Files.deleteIfExists(beside);
    }
  }

  /**
   * What is told when writing fails half-way. In words of ours: the system's own differ between
   * systems and languages; they stay in the cause.
   */
  public static ProblemsException unwritable(Path target, IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return unwritable(
          target, "one that may not be written", "choose another, or ask for the right", cause);
    }
    return isDiskFull(target)
        ? unwritable(target, "a full disk", "make room, or choose another disk", cause)
        : unwritable(target, "a failure of the system", "check the disk, then try again", cause);
  }

  private static boolean isDiskFull(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    try {
      return folder != null && Files.getFileStore(folder).getUsableSpace() < FULL_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  /** What is told when nothing can be written to a place. */
  public static ProblemsException unwritable(
      Path target, String found, String advice, @Nullable IOException cause) {
    return ProblemsException.of(
        ProblemCode.TARGET_UNWRITABLE,
        Place.file(target.toString()),
        "must be a place where a file can be written",
        found,
        advice,
        cause);
  }
}
