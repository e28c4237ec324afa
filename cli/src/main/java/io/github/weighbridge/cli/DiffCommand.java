package io.github.weighbridge.cli;

import io.github.weighbridge.api.ModelDiff;
import io.github.weighbridge.api.Models;
import io.github.weighbridge.api.Parting;
import io.github.weighbridge.api.TrainingDiff;
import io.github.weighbridge.api.WeightDiff;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}: do two models compute the same, with the same weights? */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description =
        "Compares what two models compute, and their weights. Exit code 0 if they compute the same"
            + " and no weight differs by more than --atol, else 1. Layers of unknown classes are"
            + " compared by class, configuration and weights.")
final class DiffCommand implements Callable<Integer> {

  private static final int SHOWN_PARTINGS = 5;

  @Parameters(index = "0", paramLabel = "A", description = "A model.")
  private Path a;

  @Parameters(index = "1", paramLabel = "B", description = "Another.")
  private Path b;

  @Option(
      names = "--atol",
      converter = Distance.class,
      paramLabel = "A",
      defaultValue = "0",
      description = "The largest difference of a weight that counts as none (${DEFAULT-VALUE}).")
  private double atol;

  @Option(
      names = "--training",
      description = "Compare what they were compiled with and the optimizers' state as well.")
  private boolean training;

  @Option(names = "--json", description = "Print one JSON object to standard output.")
  private boolean json;

  @Option(
      names = "--weights-a",
      paramLabel = "FILE",
      description = "Weights of A that stand in a file of their own.")
  private @Nullable Path weightsA;

  @Option(
      names = "--weights-b",
      paramLabel = "FILE",
      description = "Weights of B that stand in a file of their own.")
  private @Nullable Path weightsB;

  @Mixin private ReadingOptions reading;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    try (Model first = open(a, weightsA);
        Model second = open(b, weightsB)) {
      ModelDiff diff = Models.diff(first, second);
      Optional<TrainingDiff> trained =
          training ? Optional.of(Models.trainingDiff(first, second)) : Optional.empty();
      boolean equal = diff.equal(atol) && trained.map(own -> own.equal(atol)).orElse(true);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.writePretty(tree(diff, trained, equal)));
      } else {
        print(out, diff, trained, equal);
      }
      out.flush();
      return equal ? 0 : WeighbridgeCommand.NO;
    }
  }

  private Model open(Path model, @Nullable Path weights) {
    KerasImportOptions options = reading.options();
    return weights == null ? Models.open(model, options) : Models.open(model, weights, options);
  }

  private void print(
      PrintWriter out, ModelDiff diff, Optional<TrainingDiff> trained, boolean equal) {
    print(out, diff.weights());
    trained.ifPresent(own -> print(out, own.variables()));
    diff.partings().stream()
        .limit(SHOWN_PARTINGS)
        .forEach(p -> out.printf("parts at: A %s%n          B %s%n", p.a(), p.b()));
    diff.opaque()
        .forEach(layer -> out.println("compared by class, configuration and weights: " + layer));
    out.println("same computation: " + yes(diff.sameComputation()));
    out.println("same configuration: " + yes(diff.sameConfig()));
    trained.ifPresent(own -> out.println("same compilation: " + yes(own.sameCompilation())));
    out.println(equal ? "equal" : "not equal");
  }

  private static String yes(boolean claim) {
    return claim ? "yes" : "no";
  }

  private void print(PrintWriter out, List<WeightDiff> weights) {
    for (WeightDiff weight : weights) {
      if (!(weight.maxAbsDiff() <= atol)) {
        out.printf(
            "%s: %s %s, %s %s, largest difference %s, mean %s%n",
            weight.name(),
            weight.a() == null ? "missing" : "A",
            weight.shapeA() == null ? "" : weight.shapeA(),
            weight.b() == null ? "missing" : "B",
            weight.shapeB() == null ? "" : weight.shapeB(),
            weight.maxAbsDiff(),
            weight.meanAbsDiff());
      }
    }
  }

  private static Tree tree(ModelDiff diff, Optional<TrainingDiff> trained, boolean equal) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("equal", equal);
    report.put("sameComputation", diff.sameComputation());
    report.put("sameConfig", diff.sameConfig());
    report.put("weights", diff.weights().stream().map(DiffCommand::tree).toList());
    trained.ifPresent(own -> report.put("training", tree(own)));
    if (!diff.partings().isEmpty()) {
      report.put("partings", diff.partings().stream().map(DiffCommand::tree).toList());
    }
    if (!diff.opaque().isEmpty()) {
      report.put("opaque", diff.opaque());
    }
    return Tree.of(report);
  }

  private static Map<String, Object> tree(TrainingDiff trained) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("sameCompilation", trained.sameCompilation());
    report.put("variables", trained.variables().stream().map(DiffCommand::tree).toList());
    return report;
  }

  private static Map<String, Object> tree(Parting parting) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("a", parting.a());
    row.put("b", parting.b());
    return row;
  }

  private static Map<String, @Nullable Object> tree(WeightDiff weight) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("name", weight.name());
    row.put("a", weight.a());
    row.put("b", weight.b());
    row.put("shapeA", sizes(weight.shapeA()));
    row.put("shapeB", sizes(weight.shapeB()));
    // JSON has no NaN and no infinity: null says that there is no number.
    row.put("maxAbsDiff", Double.isFinite(weight.maxAbsDiff()) ? weight.maxAbsDiff() : null);
    row.put("meanAbsDiff", Double.isFinite(weight.meanAbsDiff()) ? weight.meanAbsDiff() : null);
    return row;
  }

  private static @Nullable List<Long> sizes(@Nullable Shape shape) {
    return shape == null ? null : Arrays.stream(shape.sizes()).boxed().toList();
  }
}
