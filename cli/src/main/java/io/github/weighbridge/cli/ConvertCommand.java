package io.github.weighbridge.cli;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.api.TargetFormat;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.exporter.onnx.OnnxOptions;
import io.github.weighbridge.formats.OutputFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code convert}: a model in another format. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description =
        "Writes a model in another format; the kind follows from the ending of OUT, unless --to"
            + " says it. The file appears whole or not at all.")
final class ConvertCommand implements Callable<Integer> {

  @Mixin private ModelArgument model;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "The file to write: .onnx, or .zip for DL4J.")
  private Path output;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "The format: ${COMPLETION-CANDIDATES}.")
  private @Nullable TargetFormat to;

  @Option(
      names = "--opset",
      paramLabel = "N",
      description =
          "The ONNX opset, "
              + OnnxOptions.OLDEST_OPSET
              + " to "
              + OnnxOptions.NEWEST_OPSET
              + "; otherwise 17, or the first that has what the model needs.")
  private @Nullable Integer opset;

  @Option(
      names = "--verify",
      description =
          "Run the model and the ONNX file on random inputs and compare; on a mismatch the exit code"
              + " is 1 and nothing is written, unless --keep.")
  private boolean verify;

  @Option(names = "--keep", description = "Keep the file even if --verify finds a mismatch.")
  private boolean keep;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private final Weighing weighing;

  /** Weighs by running both models. */
  ConvertCommand() {
    this(Weighing::byRunning);
  }

  ConvertCommand(Weighing weighing) {
    this.weighing = weighing;
  }

  @Override
  public Integer call() throws Exception {
    TargetFormat format = format();
    OnnxOptions options = options(format);
    if (verify && format != TargetFormat.ONNX) {
      throw new ParameterException(
          spec.commandLine(), "--verify compares ONNX files only, not '" + format.id() + "'");
    }
    try (Model opened = model.open()) {
      return convert(opened, format, options);
    }
  }

  private TargetFormat format() {
    String name = String.valueOf(output.getFileName());
    if (to != null) {
      return to;
    }
    return TargetFormat.ofFileName(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "the ending of '" + name + "' tells no format: name it with --to"));
  }

  private OnnxOptions options(TargetFormat format) {
    if (opset == null) {
      return OnnxOptions.DEFAULTS;
    }
    if (format != TargetFormat.ONNX) {
      throw new ParameterException(spec.commandLine(), "--opset is for ONNX only");
    }
    try {
      return OnnxOptions.DEFAULTS.withOpset(opset);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /** Writes into a folder beside the target, so that nothing appears before it is known good. */
  private int convert(Model opened, TargetFormat format, OnnxOptions options) throws Exception {
    Path target = output.toAbsolutePath();
    Path folder = folderBeside(target);
    try {
      Path file = folder.resolve(target.getFileName());
      List<Problem> warnings;
      try (GrowthWatch watch = new GrowthWatch(folder, opened.parameterCount() * Float.BYTES)) {
        warnings =
            format == TargetFormat.ONNX
                ? Models.write(opened, file, options)
                : Models.write(opened, file, format);
      }
      boolean matches = !verify || verified(opened, file);
      if (matches || keep) {
        report(opened, format, warnings, file);
        moveInto(folder, target);
      }
      return matches ? 0 : WeighbridgeCommand.NO;
    } finally {
      Way.deleteAll(folder);
    }
  }

  private Path folderBeside(Path target) {
    Path parent = target.getParent();
    if (parent == null || Files.isDirectory(target)) {
      throw OutputFile.unwritable(output, "a folder", "name a file in it", null);
    }
    if (!Files.isDirectory(parent)) {
      throw OutputFile.unwritable(output, "no folder " + parent, "make the folder first", null);
    }
    try {
      return Files.createTempDirectory(parent, "." + target.getFileName() + ".");
    } catch (IOException e) {
      throw OutputFile.unwritable(
          output, "a folder that cannot be written to", "choose another, or ask for the right", e);
    }
  }

  private boolean verified(Model opened, Path file) throws Exception {
    Tolerance.Verdict verdict = weighing.compare(opened, file);
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        verdict.matches()
            ? "verified: largest difference " + verdict.maxAbsDiff()
            : "mismatch: " + verdict.mismatch());
    return verdict.matches();
  }

  private void report(Model opened, TargetFormat format, List<Problem> warnings, Path file)
      throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    WeighbridgeCommand.printProblems(err, opened.warnings());
    WeighbridgeCommand.printProblems(err, warnings);
    err.printf(
        Locale.ROOT,
        "%s: %s model with %,d parameters written as %s, %,d bytes%n",
        output,
        opened.provenance().generation(),
        opened.parameterCount(),
        format.id(),
        Files.size(file));
    err.flush();
  }

  /** The model last, so that it never stands there without its external data. */
  private static void moveInto(Path folder, Path target) throws IOException {
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
}
