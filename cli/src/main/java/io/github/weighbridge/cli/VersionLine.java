package io.github.weighbridge.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar, as its manifest has it. */
final class VersionLine implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = WeighbridgeCommand.class.getPackage().getImplementationVersion();
    return new String[] {"weighbridge " + (version == null ? "(not packaged)" : version)};
  }
}
