package io.github.weighbridge.cli;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.config.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import picocli.CommandLine;

/**
 * What a command answered.
 *
 * @param code the exit code
 * @param out what stood on standard output
 * @param err what stood on standard error
 */
@NullMarked
record Run(int code, String out, String err) {

  private static final Path TESTDATA = Path.of("..", "testdata");

  /** Runs the command line inside this process. */
  static Run of(Object... args) {
    return of(WeighbridgeCommand.commandLine(), args);
  }

  static Run of(CommandLine line, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    line.getOut().flush();
    line.getErr().flush();
    return new Run(code, out.toString(), err.toString());
  }

  /** A file or folder of the test data. */
  static Path testdata(String path) {
    return TESTDATA.resolve(path);
  }

  /** Standard output, which must be one JSON object. */
  Tree.Obj json() {
    return Json.parse(out, "standard output").asObject().orElseThrow();
  }

  /** The lines of standard error. */
  List<String> errors() {
    return err.lines().toList();
  }
}
