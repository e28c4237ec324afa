package io.github.weighbridge.core.problem;

/** Whether a {@link Problem} stops the work. */
public enum Severity {
  /** The input is refused. */
  ERROR,
  /** The work goes on; the user should know. */
  WARNING
}
