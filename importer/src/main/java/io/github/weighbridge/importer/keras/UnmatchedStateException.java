package io.github.weighbridge.importer.keras;

/** The variables of an optimizer are not those that it must have; the message says what is. */
final class UnmatchedStateException extends Exception {

  private static final long serialVersionUID = 1;

  UnmatchedStateException(String found) {
    super(found);
  }
}
