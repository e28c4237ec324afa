package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;

/** A cast of numbers that are limited first to what the other type holds. */
final class SaturatedCast {

  private SaturatedCast() {}

  /** The cast, as Keras's {@code saturate_cast} has it. */
  static Value of(OperationScope scope, Value own, DataType dtype) {
    Value x = own.type().dtype() == DataType.BOOL ? scope.cast(own, DataType.INT32) : own;
    Value limited =
        x.type().dtype().isFloating() ? limited(scope, x, dtype) : whole(scope, x, dtype);
    return dtype == DataType.BOOL
        ? scope.binary(BinaryFunction.NOT_EQUAL, limited, 0)
        : scope.cast(limited, dtype);
  }

  private static Value limited(OperationScope scope, Value x, DataType dtype) {
    double largest = FloatingPoint.largest(x.type().dtype());
    double low =
        Math.max(-largest, dtype.isFloating() ? -FloatingPoint.largest(dtype) : lowest(dtype));
    double high =
        Math.min(
            largest,
            dtype.isFloating() ? FloatingPoint.largest(dtype) : highest(x.type().dtype(), dtype));
    return scope.add("limited", new Unary(UnaryFunction.CLIP, low, high), x);
  }

  private static boolean isSigned(DataType dtype) {
    return dtype.kind() == DataType.Kind.SIGNED;
  }

  private static double lowest(DataType dtype) {
    return isSigned(dtype) ? -Math.scalb(1.0, dtype.bits() - 1) : 0;
  }

  /** The largest whole number of a type that a floating-point type holds too. */
  private static double highest(DataType from, DataType dtype) {
    if (dtype == DataType.BOOL) {
      return 1;
    }
    int bits = isSigned(dtype) ? dtype.bits() - 1 : dtype.bits();
    int precision =
        switch (from) {
          case BFLOAT16 -> 8;
          case FLOAT16 -> 11;
          case FLOAT32 -> 24;
          default -> 53;
        };
    return Math.scalb(1.0, bits) - Math.scalb(1.0, Math.max(0, bits - precision));
  }

  private static Value whole(OperationScope scope, Value x, DataType dtype) {
    DataType from = x.type().dtype();
    long low = isSigned(from) ? -1L << (from.bits() - 1) : 0;
    long high = -1L >>> (64 - from.bits() + (isSigned(from) ? 1 : 0));
    // Of 64 bits without a sign the upper half stays as it is.
    long own = high < 0 ? Long.MAX_VALUE : high;
    long lowest = dtype.isFloating() ? bound(dtype, low, -1) : (long) lowest(dtype);
    long highest = dtype.isFloating() ? bound(dtype, own, 1) : largest(dtype);
    Value above =
        lowest > low ? scope.binary(BinaryFunction.MAXIMUM, x, limit(scope, from, lowest)) : x;
    return highest < own
        ? scope.binary(BinaryFunction.MINIMUM, above, limit(scope, from, highest))
        : above;
  }

  private static long bound(DataType dtype, long otherwise, int sign) {
    return dtype == DataType.FLOAT16 ? sign * (long) FloatingPoint.largest(dtype) : otherwise;
  }

  private static long largest(DataType dtype) {
    int bits = dtype == DataType.BOOL ? 1 : isSigned(dtype) ? dtype.bits() - 1 : dtype.bits();
    return bits > 62 ? Long.MAX_VALUE : (1L << bits) - 1;
  }

  private static Value limit(OperationScope scope, DataType dtype, long limit) {
    return scope.constant("limit", Tensor.of(new long[] {limit}).cast(dtype));
  }
}
