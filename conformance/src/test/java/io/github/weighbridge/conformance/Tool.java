package io.github.weighbridge.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a process of its own answered.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Tool(int code, String out, String err) {

  private static final String COMMAND_LINE = "io.github.weighbridge.cli.WeighbridgeCommand";

  /** Runs the command line with options for its JVM. */
  public static Tool weighbridge(List<String> jvmOptions, Object... args)
      throws IOException, InterruptedException {
    return java(System.getProperty("java.class.path"), jvmOptions, COMMAND_LINE, args);
  }

  /** Runs the command line on a class path of its own. */
  public static Tool weighbridgeOn(String classPath, Object... args)
      throws IOException, InterruptedException {
    return java(classPath, List.of(), COMMAND_LINE, args);
  }

  /** Runs a main class of the tests with options for its JVM. */
  public static Tool java(String classPath, List<String> jvmOptions, String main, Object... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPath, main));
    Stream.of(args).map(Object::toString).forEach(command::add);
    Path out = Files.createTempFile("weighbridge", ".out");
    Path err = Files.createTempFile("weighbridge", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        throw new IOException("did not end: " + command);
      }
      return new Tool(process.exitValue(), text(out), text(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
