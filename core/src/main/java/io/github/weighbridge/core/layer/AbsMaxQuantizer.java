package io.github.weighbridge.core.layer;

import org.jspecify.annotations.Nullable;

/**
 * Keras's AbsMaxQuantizer: {@code round(x scale)} within a range, where {@code scale = high /
 * (max|x| + epsilon)}, as int8.
 *
 * @param low the least number
 * @param high the largest, which the largest magnitude becomes
 * @param axis along which the maximum is taken, where the layer that asks does not say; null for
 *     the last
 */
public record AbsMaxQuantizer(int low, int high, double epsilon, @Nullable Axes axis) {

  /** What layers quantise their inputs with unless they are told otherwise. */
  public static final AbsMaxQuantizer DEFAULT = new AbsMaxQuantizer(-127, 127, 1e-7, null);

  /** Refuses ranges beyond int8. */
  public AbsMaxQuantizer {
    Rules.require(
        low >= Byte.MIN_VALUE && high <= Byte.MAX_VALUE && low < high && high > 0,
        "value_range must lie within -128 .. 127, got " + low + " .. " + high);
  }
}
