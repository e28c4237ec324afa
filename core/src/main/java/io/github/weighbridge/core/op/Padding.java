package io.github.weighbridge.core.op;

import java.util.Collections;
import java.util.List;

/**
 * What is added around the spatial axes before a window moves over them.
 *
 * @param begin elements before, per axis
 * @param end elements after, per axis
 * @param same computed from the input's size instead, so that the output has {@code ceil(in /
 *     stride)} elements, the odd one at the end (TensorFlow's "SAME", ONNX's "SAME_UPPER"); only
 *     where the size is not known yet
 */
public record Padding(List<Integer> begin, List<Integer> end, boolean same) {

  /** Copies the lists. */
  public Padding {
    begin = List.copyOf(begin);
    end = List.copyOf(end);
  }

  /** No padding of {@code rank} spatial axes. */
  public static Padding none(int rank) {
    return of(Collections.nCopies(rank, 0), Collections.nCopies(rank, 0));
  }

  /** Padding of known sizes. */
  public static Padding of(List<Integer> begin, List<Integer> end) {
    return new Padding(begin, end, false);
  }

  /** Padding that follows from the size of the input, when that is known. */
  public static Padding sameAtRunTime(int rank) {
    return new Padding(Collections.nCopies(rank, 0), Collections.nCopies(rank, 0), true);
  }

  /** Whether nothing is added. */
  public boolean isNone() {
    return !same && begin.stream().allMatch(p -> p == 0) && end.stream().allMatch(p -> p == 0);
  }
}
