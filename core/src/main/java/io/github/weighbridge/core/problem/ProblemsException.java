package io.github.weighbridge.core.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An input is refused; carries everything that is wrong with it. */
public final class ProblemsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** Refuses with these problems; at least one of them is an error. */
  public ProblemsException(List<Problem> problems) {
    this(problems, null);
  }

  /** Refuses with these problems, because of {@code cause}. */
  public ProblemsException(List<Problem> problems, @Nullable Throwable cause) {
    super(text(problems), cause);
    this.problems = List.copyOf(problems);
  }

  /** Refuses with a single error. */
  public static ProblemsException of(
      ProblemCode code, Place place, String rule, String found, String advice) {
    return new ProblemsException(
        List.of(new Problem(Severity.ERROR, code, place, rule, found, advice)));
  }

  /** Refuses with a single error, because of {@code cause}. */
  public static ProblemsException of(
      ProblemCode code,
      Place place,
      String rule,
      String found,
      String advice,
      @Nullable Throwable cause) {
    return new ProblemsException(
        List.of(new Problem(Severity.ERROR, code, place, rule, found, advice)), cause);
  }

  /** Every problem, warnings included. */
  public List<Problem> problems() {
    return problems;
  }

  private static String text(List<Problem> problems) {
    return problems.stream()
        .map(p -> p.severity() == Severity.WARNING ? "warning: " + p : p.toString())
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
