package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.problem.ProblemCode;

/** Ends the lowering of one call; its driver makes a problem of it and goes on with the next. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final String rule;
  private final String found;
  private final String advice;

  Refusal(ProblemCode code, String rule, String found, String advice) {
    super(rule, null, false, false);
    this.code = code;
    this.rule = rule;
    this.found = found;
    this.advice = advice;
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
