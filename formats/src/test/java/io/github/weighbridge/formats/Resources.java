package io.github.weighbridge.formats;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemsException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Files beside the tests, and what refusals say. */
public final class Resources {

  private Resources() {}

  /** The path of a file under {@code src/test/resources}. */
  public static Path path(String name) {
    URL url = Objects.requireNonNull(Resources.class.getResource("/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The problems that a call is refused with, as {@code CODE message}, the folder left out. */
  public static List<String> refusals(Path folder, ThrowingCallable call) {
    ProblemsException e = catchThrowableOfType(ProblemsException.class, call);
    if (e == null) {
      throw new AssertionError("not refused");
    }
    return e.problems().stream().map(problem -> line(folder, problem)).toList();
  }

  private static String line(Path folder, Problem problem) {
    String prefix = folder.toString() + folder.getFileSystem().getSeparator();
    return problem.code() + " " + problem.toString().replace(prefix, "");
  }
}
