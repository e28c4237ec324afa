package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;

/**
 * The indices that an axis has; every one is checked before memory is touched by it.
 *
 * @param step the name of the step that looks up, for messages
 * @param operation its operation's name
 * @param size of the axis
 */
record IndexRange(String step, String operation, int size) {

  /**
   * An index of the axis.
   *
   * @throws ProblemsException if the axis has no such index
   */
  int checked(long index) {
    if (index < 0 || index >= size) {
      throw ProblemsException.of(
          ProblemCode.INDEX_OUT_OF_RANGE,
          Place.UNKNOWN.withLayer(step, operation),
          "must have indices from 0 to " + (size - 1),
          Long.toString(index),
          "give indices within the axis");
    }
    return (int) index;
  }
}
