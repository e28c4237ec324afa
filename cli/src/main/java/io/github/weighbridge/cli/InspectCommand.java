package io.github.weighbridge.cli;

import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.formats.config.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inspect}: what is in a model file, and what each target would refuse of it. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Shows a model's format, layers, weights and training configuration, and what each target"
            + " would refuse. Reads no weight.")
final class InspectCommand implements Callable<Integer> {

  @Mixin private ModelArgument model;

  @Option(names = "--json", description = "Print one JSON object to standard output.")
  private boolean json;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Model opened = model.open()) {
      ModelReport report = new ModelReport(opened);
      if (json) {
        out.println(Json.writePretty(report.tree()));
      } else {
        report.print(out);
      }
      out.flush();
    }
    return 0;
  }
}
