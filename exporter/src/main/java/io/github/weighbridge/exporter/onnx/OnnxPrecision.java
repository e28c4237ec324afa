package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.tensor.DataType;

/** In which element types things are computed, since not every operator takes every type. */
final class OnnxPrecision {

  private OnnxPrecision() {}

  /**
   * The type that a value has inside a file. ONNX Runtime has neither convolutions nor recurrent
   * layers in double precision and next to nothing in bfloat16; 8-bit floating-point numbers came
   * with opset 19. Float32 is what remains.
   */
  static DataType inside(DataType dtype) {
    return switch (dtype) {
      case FLOAT64, BFLOAT16, FLOAT8_E4M3FN -> DataType.FLOAT32;
      default -> dtype;
    };
  }

  /**
   * The type in which numbers are computed: floating-point ones in their own, whole ones in int32
   * or int64, the only ones that every arithmetic operator of ONNX Runtime takes.
   */
  static DataType arithmetic(DataType dtype) {
    return switch (dtype) {
      case BOOL, INT4, INT8, INT16, UINT4, UINT8, UINT16 -> DataType.INT32;
      case UINT32, UINT64 -> DataType.INT64;
      default -> dtype;
    };
  }
}
