package io.github.weighbridge.cli;

import io.github.weighbridge.cli.CaseResult.Status;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.keras.KerasGeneration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code verify}: do recorded models still compute what they did? */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Replays recorded cases, found by their case.json below PATH: opens the model, runs it and"
            + " compares with the recorded outputs. Exit code 1 if a case failed, 2 if none was"
            + " found.")
final class VerifyCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Folders with cases.")
  private List<Path> paths;

  @Option(
      names = "--through",
      split = ",",
      paramLabel = "WAY",
      defaultValue = "nd4j",
      description = "On which ways: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private List<Way> ways;

  @Option(
      names = "--atol",
      converter = Distance.class,
      paramLabel = "A",
      description = "Absolute tolerance, instead of the case's own.")
  private @Nullable Double atol;

  @Option(
      names = "--rtol",
      converter = Distance.class,
      paramLabel = "R",
      description = "Relative tolerance, instead of the case's own.")
  private @Nullable Double rtol;

  @Option(
      names = "--keras-version",
      paramLabel = "2|3",
      description = "The Keras that .h5 files are written for; otherwise that of the model.")
  private @Nullable Integer kerasVersion;

  @Option(
      names = "--dl4j-layout",
      paramLabel = "LAYOUT",
      defaultValue = "auto",
      description = "How images and sequences lie in DL4J's zips: ${COMPLETION-CANDIDATES}.")
  private Dl4jOptions.Layout dl4jLayout;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep what the ways write, in DIR/WAY/PATH.")
  private @Nullable Path kept;

  @Option(names = "--strict", description = "A refused case counts as failed.")
  private boolean strict;

  @Option(names = "--json", description = "Print one JSON object to standard output.")
  private boolean json;

  @Option(
      names = "--threads",
      converter = ThreadCount.class,
      paramLabel = "N",
      defaultValue = "1",
      description = "How many threads compute (${DEFAULT-VALUE}: cases are small).")
  private int threads;

  @Mixin private Plugins plugins;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<Path> folders = folders();
    CaseReplay replay =
        new CaseReplay(
            ways,
            new Way.Options(
                plugins.options(),
                threads,
                generation(),
                Dl4jOptions.DEFAULTS.withLayout(dl4jLayout)),
            Optional.ofNullable(atol),
            Optional.ofNullable(rtol),
            Optional.ofNullable(kept));
    List<CaseResult> results = new ArrayList<>();
    try (ProgressBar bar = Watched.bar("verify", folders.size())) {
      for (Path folder : folders) {
        results.addAll(replay.replay(folder));
        bar.step();
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.writePretty(tree(results)));
    } else {
      print(out, results);
    }
    out.flush();
    boolean failed = failed(results) > 0 || (strict && count(results, Status.REFUSED) > 0);
    return failed ? WeighbridgeCommand.NO : 0;
  }

  private @Nullable KerasGeneration generation() {
    try {
      return kerasVersion == null ? null : ConversionTarget.generation(kerasVersion);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new ParameterException(spec.commandLine(), "there is no '" + path + "'");
      }
      folders.addAll(CaseDirectory.find(path));
    }
    if (folders.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no " + CaseDirectory.FILE_NAME + " below " + paths);
    }
    return folders;
  }

  private static long count(List<CaseResult> results, Status status) {
    return results.stream().filter(r -> r.status() == status).count();
  }

  private static long failed(List<CaseResult> results) {
    return count(results, Status.MISMATCH) + count(results, Status.ERROR);
  }

  private static void print(PrintWriter out, List<CaseResult> results) {
    for (CaseResult result : results) {
      if (result.status() != Status.PASS) {
        out.printf(
            "%s through %s: %s: %s%n", result.id(), result.way(), status(result), result.message());
      }
    }
    out.printf(
        "passed %d, failed %d, refused %d%n",
        count(results, Status.PASS), failed(results), count(results, Status.REFUSED));
  }

  private static String status(CaseResult result) {
    return result.status().name().toLowerCase(Locale.ROOT);
  }

  private static Tree tree(List<CaseResult> results) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("passed", count(results, Status.PASS));
    report.put("failed", failed(results));
    report.put("refused", count(results, Status.REFUSED));
    report.put("cases", results.stream().map(VerifyCommand::tree).toList());
    return Tree.of(report);
  }

  private static Map<String, @Nullable Object> tree(CaseResult result) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("id", result.id());
    row.put("path", result.path().toString());
    row.put("through", result.way());
    row.put("status", status(result));
    // JSON has no NaN and no infinity: null says that there is no number.
    row.put("maxAbsDiff", Double.isFinite(result.maxAbsDiff()) ? result.maxAbsDiff() : null);
    row.put("message", result.message());
    return row;
  }
}
