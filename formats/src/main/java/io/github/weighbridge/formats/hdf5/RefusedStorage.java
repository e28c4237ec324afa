package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Ways to keep data that are not read, told by what jhdf says when it meets them. */
enum RefusedStorage {
  /** Header message 7: the data stand in other files. */
  EXTERNAL(
      "message type = 7",
      ProblemCode.LINK_REFUSED,
      "must hold its data itself",
      "data that stand in another file",
      "save it again with its data inside"),
  /** Layout class 3: the data are pieces of other datasets, most of them in other files. */
  VIRTUAL(
      "layout class 3",
      ProblemCode.LINK_REFUSED,
      "must hold its data itself",
      "a virtual dataset",
      "save it again with its data inside");

  private final String words;
  final ProblemCode code;
  final String rule;
  final String found;
  final String advice;

  RefusedStorage(String words, ProblemCode code, String rule, String found, String advice) {
    this.words = words;
    this.code = code;
    this.rule = rule;
    this.found = found;
    this.advice = advice;
  }

  /** The kind that a throwable of jhdf tells of, if it does. */
  static @Nullable RefusedStorage of(Throwable thrown) {
    String message = thrown.getMessage();
    for (RefusedStorage kind : values()) {
      if (message != null && message.contains(kind.words)) {
        return kind;
      }
    }
    return null;
  }
}
