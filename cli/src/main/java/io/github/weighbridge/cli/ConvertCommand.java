package io.github.weighbridge.cli;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.api.TargetFormat;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.exporter.onnx.OnnxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
      description =
          "The file to write: .keras, .h5, .weights.h5, .npz, .json or .yaml for Keras, .onnx, or"
              + " .zip for DL4J.")
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
      names = "--keras-version",
      paramLabel = "2|3",
      description =
          "The Keras that an .h5, .json or .yaml is for: 2 (tf.keras 2.15) or 3; otherwise the one"
              + " that the model comes from.")
  private @Nullable Integer kerasVersion;

  @Option(
      names = "--accept-differences",
      description =
          "Write for another generation of Keras though it computes otherwise at the edges: where a"
              + " mask hides everything, a vector that is normalised is almost zero, or half precision is"
              + " rounded to.")
  private boolean acceptDifferences;

  @Mixin private Dl4jWritingOptions dl4j;

  @Option(
      names = "--weights-out",
      paramLabel = "FILE",
      description =
          "Where the weights go beside an architecture (.json, .yaml): a .weights.h5 or .npz file.")
  private @Nullable Path weightsOutput;

  @Option(
      names = "--verify",
      description =
          "Run the model and what was written on random inputs and compare; on a mismatch the exit"
              + " code is 1 and nothing is written, unless --keep.")
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
    ConversionTarget target = target(format);
    if (verify && !Weighing.isRun(format, weightsOutput)) {
      throw new ParameterException(
          spec.commandLine(),
          "--verify needs the weights of an architecture: name a file with --weights-out");
    }
    try (Model opened = model.open()) {
      return convert(opened, format, target);
    }
  }

  private ConversionTarget target(TargetFormat format) {
    if (opset != null && format != TargetFormat.ONNX) {
      throw new ParameterException(spec.commandLine(), "--opset is for ONNX only");
    }
    boolean keras = format != TargetFormat.ONNX && format != TargetFormat.DL4J;
    if (kerasVersion != null && !keras) {
      throw new ParameterException(
          spec.commandLine(), "--keras-version is for files of Keras only");
    }
    if (dl4j.given().isPresent() && format != TargetFormat.DL4J) {
      throw new ParameterException(
          spec.commandLine(), dl4j.given().get() + " is for DL4J zips only");
    }
    boolean architecture = format == TargetFormat.JSON || format == TargetFormat.YAML;
    if (weightsOutput != null && !architecture) {
      throw new ParameterException(
          spec.commandLine(), "--weights-out goes with an architecture, .json or .yaml");
    }
    try {
      return ConversionTarget.of(format, opset, kerasVersion, acceptDifferences, dl4j.options());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
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

  private int convert(Model opened, TargetFormat format, ConversionTarget target) throws Exception {
    try (StagedFile file = StagedFile.of(output);
        StagedFile weights = weightsOutput == null ? null : StagedFile.of(weightsOutput)) {
      List<Problem> warnings;
      try (GrowthWatch watch =
          new GrowthWatch(file.folder(), opened.parameterCount() * Float.BYTES)) {
        warnings = new ArrayList<>(target.write(opened, file.path()));
      }
      if (weights != null) {
        warnings.addAll(Models.write(opened, weights.path()));
      }
      boolean matches =
          !verify || verified(opened, format, file.path(), weights == null ? null : weights.path());
      if (matches || keep) {
        report(opened, format, warnings, file.path());
        if (weights != null) {
          weights.commit();
        }
        file.commit();
      }
      return matches ? 0 : WeighbridgeCommand.NO;
    }
  }

  private boolean verified(Model opened, TargetFormat format, Path file, @Nullable Path weights)
      throws Exception {
    Path architecture = Path.of(opened.provenance().file());
    boolean alone = format == TargetFormat.WEIGHTS || format == TargetFormat.NPZ;
    Tolerance.Verdict verdict =
        alone
            ? weighing.compare(opened, architecture, file)
            : weighing.compare(opened, file, weights);
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
}
