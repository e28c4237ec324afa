package io.github.weighbridge.exporter.keras;

/** A call that the target has no functions for, with the reason that the user is told. */
final class Inexpressible extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String rule;
  private final String found;

  Inexpressible(String rule, String found) {
    super(rule + ", found " + found);
    this.rule = rule;
    this.found = found;
  }

  /** What must be: {@code must ...}. */
  String rule() {
    return rule;
  }

  String found() {
    return found;
  }
}
