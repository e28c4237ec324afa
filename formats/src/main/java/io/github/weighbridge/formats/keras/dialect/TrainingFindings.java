package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;

/** What of a training configuration a generation of Keras cannot say; predictions stay the same. */
final class TrainingFindings {

  private final Place file;
  private final TrainingTarget target;
  private final Problems problems;

  TrainingFindings(Place file, TrainingTarget target, Problems problems) {
    this.file = file;
    this.target = target;
    this.problems = problems;
  }

  /** Without it there is no training configuration at all. */
  void lost(String found) {
    problems.warning(
        ProblemCode.TARGET_DROPS,
        file.withKey("training configuration"),
        "is left out, and with it the optimizer's state: the model must be compiled anew",
        found,
        "");
  }

  /** A part that is left out. */
  void dropped(String found) {
    problems.warning(
        ProblemCode.TARGET_DROPS,
        file.withKey("training configuration"),
        target.label() + " has no such metric; it is left out",
        found,
        "");
  }

  /** A part that means something else in the target. */
  void changed(String what, String rule, String found) {
    problems.warning(
        ProblemCode.TARGET_DROPS,
        file.withKey("training configuration, " + what),
        target.label() + " " + rule,
        found,
        "");
  }
}
