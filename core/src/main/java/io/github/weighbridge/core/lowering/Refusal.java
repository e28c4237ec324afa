package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.problem.ProblemCode;

/** Ends the lowering of one call; its driver makes a problem of it and goes on with the next. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final String rule;
  private final String found;
  private final String advice;
  private final boolean told;

  Refusal(ProblemCode code, String rule, String found, String advice) {
    this(code, rule, found, advice, false);
  }

  private Refusal(ProblemCode code, String rule, String found, String advice, boolean told) {
    super(rule, null, false, false);
    this.code = code;
    this.rule = rule;
    this.found = found;
    this.advice = advice;
    this.told = told;
  }

  /** Ends a call because of one within it whose problem has been told. */
  static Refusal told() {
    return new Refusal(ProblemCode.LAYER_UNSUPPORTED, "must be lowered", "", "", true);
  }

  /** Ends a call of a function that is known and not computed here. */
  static Refusal unsupportedFunction(String name, String reason) {
    return new Refusal(
        ProblemCode.OPERATION_UNSUPPORTED, "must not be " + name + ": " + reason, "", "");
  }

  /** Whether the reason has been told already. */
  boolean isTold() {
    return told;
  }

  ProblemCode code() {
    return code;
  }

  String rule() {
    return rule;
  }

  String found() {
    return found;
  }

  String advice() {
    return advice;
  }
}
