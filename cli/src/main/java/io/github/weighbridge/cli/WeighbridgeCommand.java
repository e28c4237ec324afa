package io.github.weighbridge.cli;

import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.problem.Severity;
import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line's entry. Exit codes: 0 done; 1 the answer is no; 2 usage; 3 refused input; 4
 * internal error.
 */
@Command(
    name = "weighbridge",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    description = "Carries trained models between Keras, DL4J and ONNX, and runs them.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the answer is no (mismatch, not equal)",
      "2:wrong usage",
      "3:refused input: all problems are on standard error, nothing is written",
      "4:internal error"
    },
    subcommands = {
      InspectCommand.class,
      ConvertCommand.class,
      PredictCommand.class,
      VerifyCommand.class,
      DiffCommand.class,
      GenerateCompletion.class
    })
public final class WeighbridgeCommand implements Runnable {

  static final int NO = 1;
  static final int REFUSED = 3;
  static final int INTERNAL = 4;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    try {
      return commandLine().execute(args);
    } catch (Error e) {
      // Picocli hands exceptions to us, errors not: these would end with exit code 1, which is
      // "no".
      System.err.println("internal error: " + e);
      return INTERNAL;
    }
  }

  /** The command line, ready to execute. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new WeighbridgeCommand());
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new VersionLine()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(WeighbridgeCommand::explain);
    return line;
  }

  @Override
  public void run() {
    // Only a command does something.
    throw new ParameterException(spec.commandLine(), "A command is needed.");
  }

  /**
   * Refused input is told problem by problem; anything else is ours and shows where it came from.
   */
  private static int explain(Exception error, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (error instanceof ProblemsException refused) {
      printProblems(err, refused.problems());
      return REFUSED;
    }
    if (error instanceof ParameterException) {
      err.println(error.getMessage());
      return ExitCode.USAGE;
    }
    err.println("internal error: please report it with the model's configuration");
    error.printStackTrace(err);
    return INTERNAL;
  }

  static void printProblems(PrintWriter err, List<Problem> problems) {
    for (Problem problem : problems) {
      err.println((problem.severity() == Severity.WARNING ? "warning: " : "error: ") + problem);
    }
  }
}
