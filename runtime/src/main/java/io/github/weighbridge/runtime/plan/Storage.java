package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;

/** How values are stored while a program runs. */
final class Storage {

  private Storage() {}

  /**
   * The type in which values of a type are stored. Floating-point numbers of 8 and 16 bits are kept
   * as float32 and rounded after each step: the native operations are fast for float32 only.
   *
   * @throws ProblemsException if arrays of that type cannot be computed with
   */
  static DataType of(DataType dtype, String name) {
    return switch (dtype) {
      case FLOAT8_E4M3FN, FLOAT16, BFLOAT16, FLOAT32 -> DataType.FLOAT32;
      case FLOAT64, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, BOOL -> dtype;
      case FLOAT8_E5M2, INT4, UINT4, COMPLEX64, COMPLEX128, STRING ->
          throw ProblemsException.of(
              ProblemCode.DTYPE_UNSUPPORTED,
              Place.UNKNOWN.withKey(name),
              "must be of a type that can be computed with",
              dtype.toString(),
              "build the model with float32");
    };
  }

  static TensorType of(TensorType type, String name) {
    return type.withDtype(of(type.dtype(), name));
  }

  /** Whether values of this type are rounded after each step. */
  static boolean isRounded(DataType dtype) {
    return dtype == DataType.FLOAT16
        || dtype == DataType.BFLOAT16
        || dtype == DataType.FLOAT8_E4M3FN;
  }
}
