package io.github.weighbridge.formats.dl4j;

import java.util.List;

/**
 * When a model was written, as far as the form of its arrays tells: DL4J's files do not name their
 * version, and the same configuration meant something else now and then.
 */
public enum Dl4jAge {
  /** 0.5.0 to 1.0.0-beta: lengths of 32 bits. */
  UP_TO_BETA,
  /** 1.0.0-beta2 and beta3: shapes in 64 bits. */
  BETA_2_OR_3,
  /** 1.0.0-beta4 to M1.1: arrays of any type, vectors as a row. */
  BETA_4_TO_M1,
  /** 1.0.0-M2 and later: vectors of one axis. */
  FROM_M2;

  static Dl4jAge of(String allocationMode, List<Long> shape) {
    return switch (allocationMode) {
      case "MIXED_DATA_TYPES" -> shape.size() == 1 ? FROM_M2 : BETA_4_TO_M1;
      case "LONG_SHAPE" -> BETA_2_OR_3;
      default -> UP_TO_BETA;
    };
  }
}
