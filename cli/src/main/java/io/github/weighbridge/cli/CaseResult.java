package io.github.weighbridge.cli;

import java.nio.file.Path;

/**
 * What became of a case on one way.
 *
 * @param id the case's name
 * @param path its folder
 * @param way which way
 * @param status what happened
 * @param maxAbsDiff the largest difference of an element; NaN where nothing was compared
 * @param message for people; empty for a plain pass
 */
record CaseResult(
    String id, Path path, String way, Status status, double maxAbsDiff, String message) {

  /** What can happen to a case. */
  enum Status {
    /** As expected. */
    PASS,
    /** It ran, and gave something else. */
    MISMATCH,
    /** It should have run, and was refused with problems. */
    REFUSED,
    /** It failed in another way, or should have been refused. */
    ERROR
  }
}
