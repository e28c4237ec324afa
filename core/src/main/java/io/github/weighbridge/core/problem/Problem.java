package io.github.weighbridge.core.problem;

/**
 * One thing that is wrong: where, which rule, what was found, what to do.
 *
 * @param severity whether it stops the work
 * @param code the kind, for machines
 * @param place where it stands
 * @param rule the rule that is broken, as a sentence without a full stop ("must have shape [256,
 *     10]")
 * @param found what stands there instead, or empty
 * @param advice what the user can do, as a sentence without a full stop, or empty
 */
public record Problem(
    Severity severity, ProblemCode code, Place place, String rule, String found, String advice) {

  /**
   * For people, on one line: {@code model.h5, layer 'd' (Dense), kernel: must..., found...; do...}.
   */
  @Override
  public String toString() {
    String where = place.toString();
    return (where.isEmpty() ? "" : where + ": ")
        + rule
        + (found.isEmpty() ? "" : ", found " + found)
        + (advice.isEmpty() ? "" : "; " + advice);
  }
}
