package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.Unreadable;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;

/** Calls into jhdf, from which damaged files bring back nearly every exception that Java has. */
final class Guarded {

  private static final int MAX_CAUSES = 32;

  private Guarded() {}

  /**
   * What {@code parser} returns.
   *
   * @param part of the file that it reads, for people
   * @throws ProblemsException instead of whatever the parser threw
   */
  static <T> T read(Place place, String part, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (RuntimeException
        | StackOverflowError
        | OutOfMemoryError
        | NoClassDefFoundError
        | InternalError e) {
      throw problem(place, part, e);
    }
  }

  /** What is told of a throwable; the problem inside, if it carries one. */
  private static ProblemsException problem(Place place, String part, Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
      if (cause instanceof ProblemsException known) {
        return known;
      }
      if (cause instanceof UncheckedIOException io) {
        return Unreadable.because(place, Objects.requireNonNull(io.getCause()));
      }
      if (cause instanceof NoClassDefFoundError missing) {
        return ProblemsException.of(
            ProblemCode.FORMAT_UNSUPPORTED,
            place,
            "must use a compression whose library is on the class path",
            "another",
            "save it again without compression",
            missing);
      }
    }
    return ProblemsException.of(
        ProblemCode.FILE_MALFORMED,
        place,
        "must be undamaged HDF5",
        part + " that cannot be read",
        "the file is damaged; copy or save it again",
        thrown);
  }
}
