package io.github.weighbridge.core.problem;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects problems, so that a user is told of all of them at once.
 *
 * <p>Not thread-safe: one collector belongs to one reading, lowering or writing.
 */
public final class Problems {

  private final Set<Problem> problems = new LinkedHashSet<>();

  /** Adds an error. See {@link Problem} for the wording of the three texts. */
  public void error(ProblemCode code, Place place, String rule, String found, String advice) {
    add(new Problem(Severity.ERROR, code, place, rule, found, advice));
  }

  /** Adds a warning. See {@link Problem} for the wording of the three texts. */
  public void warning(ProblemCode code, Place place, String rule, String found, String advice) {
    add(new Problem(Severity.WARNING, code, place, rule, found, advice));
  }

  /** Adds a problem; one that is there already is not told twice. */
  public void add(Problem problem) {
    problems.add(problem);
  }

  /** Adds all problems of another collector. */
  public void addAll(Iterable<Problem> others) {
    others.forEach(this::add);
  }

  /** Every problem so far, in the order of finding. */
  public List<Problem> all() {
    return List.copyOf(problems);
  }

  /** The errors so far. */
  public List<Problem> errors() {
    return problems.stream().filter(p -> p.severity() == Severity.ERROR).toList();
  }

  /** The warnings so far. */
  public List<Problem> warnings() {
    return problems.stream().filter(p -> p.severity() == Severity.WARNING).toList();
  }

  /** Whether an error was found. */
  public boolean hasErrors() {
    return problems.stream().anyMatch(p -> p.severity() == Severity.ERROR);
  }

  /**
   * Throws what was collected, if an error is among it.
   *
   * @throws ProblemsException with every problem, warnings included
   */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new ProblemsException(all());
    }
  }
}
