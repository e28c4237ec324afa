package io.github.weighbridge.api;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a weight of one model differs from its counterpart in another.
 *
 * @param name for people: that of the first model, or of the second where the first has none
 * @param a its name in the first model, null where it is missing
 * @param b its name in the second model, null where it is missing
 * @param shapeA its shape in the first model
 * @param shapeB its shape in the second model
 * @param maxAbsDiff the largest difference of an element; infinite where the shapes differ or one
 *     is missing, NaN against a number
 * @param meanAbsDiff the mean difference
 */
public record WeightDiff(
    String name,
    @Nullable String a,
    @Nullable String b,
    @Nullable Shape shapeA,
    @Nullable Shape shapeB,
    double maxAbsDiff,
    double meanAbsDiff) {

  /** Two weights at the same place; one of them may be missing. */
  static WeightDiff between(
      @Nullable String nameA,
      @Nullable WeightRef weightA,
      @Nullable String nameB,
      @Nullable WeightRef weightB) {
    WeightDistance distance = WeightDistance.between(weightA, weightB);
    return new WeightDiff(
        nameA != null ? nameA : Objects.requireNonNull(nameB),
        nameA,
        nameB,
        weightA == null ? null : weightA.type().shape(),
        weightB == null ? null : weightB.type().shape(),
        distance.max(),
        distance.mean());
  }
}
