package io.github.weighbridge.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry. */
@Command(
    name = "weighbridge",
    mixinStandardHelpOptions = true,
    version = "weighbridge 0.1.0-SNAPSHOT",
    description = "Carries trained models between Keras, DL4J and ONNX, and runs them.")
public final class WeighbridgeCommand {
  private WeighbridgeCommand() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new WeighbridgeCommand()).execute(args));
  }
}
