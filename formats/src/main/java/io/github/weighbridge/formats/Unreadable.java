package io.github.weighbridge.formats;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * What is told when the system does not give a file's bytes. In words of ours: the system's own
 * differ between systems and languages; they stay in the cause.
 */
public final class Unreadable {

  private Unreadable() {}

  /** The problem {@link ProblemCode#FILE_UNREADABLE} for a failure to read what is at a place. */
  public static ProblemsException because(Place place, IOException cause) {
    String found;
    String advice;
    if (cause instanceof NoSuchFileException) {
      found = "no such file";
      advice = "check its name";
    } else if (cause instanceof AccessDeniedException) {
      found = "one that may not be read";
      advice = "check its permissions";
    } else {
      found = "one that the system fails to read";
      advice = "check that it is a file and that its disk is sound";
    }
    return ProblemsException.of(
        ProblemCode.FILE_UNREADABLE,
        place,
        "must be a file that can be read",
        found,
        advice,
        cause);
  }
}
