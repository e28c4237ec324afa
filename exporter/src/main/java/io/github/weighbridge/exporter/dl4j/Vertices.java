package io.github.weighbridge.exporter.dl4j;

import java.util.List;

/** DL4J's graph vertices without a layer. */
final class Vertices {

  private Vertices() {}

  /** A vertex, by its simple class name. */
  static Dl4jObject of(String simpleName) {
    return Dl4jObject.of("org.deeplearning4j.nn.conf.graph." + simpleName);
  }

  /** Element by element; of a single input it is a copy. */
  static Dl4jObject elementWise(String op) {
    return of("ElementWiseVertex").with("op", op);
  }

  /** Every element times a number. */
  static Dl4jObject scale(double factor) {
    return of("ScaleVertex").with("scaleFactor", factor);
  }

  /** Each sample scaled to length 1; a shorter one than the given length counts as that. */
  static Dl4jObject unitLength(double shortest) {
    return of("L2NormalizeVertex").with("dimension", List.of(1)).with("eps", shortest);
  }

  /** Inputs side by side. */
  static Dl4jObject merge(int axis) {
    return of("MergeVertex").with("mergeAxis", axis).with("modified", true);
  }

  /** Neighbouring elements of axis 1. */
  static Dl4jObject subset(long from, long count) {
    return of("SubsetVertex").with("from", from).with("to", from + count - 1);
  }

  /** A vertex that hands no gradient on. */
  static Dl4jObject frozen(Dl4jObject vertex) {
    return of("FrozenVertex").with("underlying", vertex.tree());
  }

  /** Every element plus a number. */
  static Dl4jObject shift(double addend) {
    return of("ShiftVertex").with("shiftFactor", addend);
  }
}
