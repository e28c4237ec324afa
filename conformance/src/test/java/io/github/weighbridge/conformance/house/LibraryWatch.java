package io.github.weighbridge.conformance.house;

import io.github.weighbridge.cli.WeighbridgeCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command line, in a process that writes down at its end which shared libraries it has mapped,
 * one path a line. Linux only: it asks {@code /proc}. The first argument is the file to write.
 */
final class LibraryWatch {

  private LibraryWatch() {}

  public static void main(String[] args) {
    Path log = Path.of(args[0]);
    // The command line ends its process itself.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write(log)));
    WeighbridgeCommand.main(Stream.of(args).skip(1).toArray(String[]::new));
  }

  private static void write(Path log) {
    try {
      Files.write(log, mapped());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line is: addresses, permissions, offset, device, inode, and the path if there is one. */
  private static List<String> mapped() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .map(line -> line.split(" +", 6))
          .filter(fields -> fields.length == 6)
          .map(fields -> fields[5])
          .filter(path -> path.matches(".*\\.so(\\.[0-9.]+)?( \\(deleted\\))?"))
          .distinct()
          .sorted()
          .toList();
    }
  }
}
