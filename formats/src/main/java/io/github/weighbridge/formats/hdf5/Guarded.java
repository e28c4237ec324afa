package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls into jhdf, from which damaged files bring back nearly every exception that Java has. */
final class Guarded {

  private static final int MAX_CAUSES = 32;

  private Guarded() {}

  /**
   * What {@code parser} returns.
   *
   * @throws ProblemsException instead of whatever the parser threw
   */
  static <T> T read(Place place, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (RuntimeException
        | StackOverflowError
        | OutOfMemoryError
        | NoClassDefFoundError
        | InternalError e) {
      throw problem(place, e);
    }
  }

  /** What is told of a throwable; the problem inside, if it carries one. */
  static ProblemsException problem(Place place, Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
      if (cause instanceof ProblemsException known) {
        return known;
      }
      if (cause instanceof UncheckedIOException io) {
        return ProblemsException.of(
            ProblemCode.FILE_UNREADABLE, place, "must be readable", text(io.getCause()), "", io);
      }
      if (cause instanceof NoClassDefFoundError missing) {
        return ProblemsException.of(
            ProblemCode.FORMAT_UNSUPPORTED,
            place,
            "must use a compression whose library is on the class path",
            text(missing),
            "save it again without compression",
            missing);
      }
    }
    return ProblemsException.of(
        ProblemCode.FILE_MALFORMED,
        place,
        "must be undamaged HDF5",
        text(root(thrown)),
        "copy or save the file again",
        thrown);
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (int i = 0; i < MAX_CAUSES; i++) {
      Throwable cause = root.getCause();
      if (cause == null) {
        break;
      }
      root = cause;
    }
    return root;
  }

  private static String text(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }
}
