package io.github.weighbridge.exporter.keras;

import java.util.ArrayList;
import java.util.List;

/** What is put around an array: a pair for each axis. */
final class Margins {

  private Margins() {}

  /** Around one axis of so many. */
  static List<List<Long>> along(int rank, int axis, long begin, long end) {
    List<List<Long>> margins = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      margins.add(i == axis ? List.of(begin, end) : List.of(0L, 0L));
    }
    return margins;
  }
}
