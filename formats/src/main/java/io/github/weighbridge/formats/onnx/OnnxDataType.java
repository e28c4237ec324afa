package io.github.weighbridge.formats.onnx;

import io.github.weighbridge.core.tensor.DataType;
import java.util.Arrays;
import java.util.Optional;

/** The numbers by which ONNX knows element types ({@code TensorProto.DataType}). */
public final class OnnxDataType {

  private OnnxDataType() {}

  /** ONNX's number of a type. */
  public static int code(DataType dtype) {
    return switch (dtype) {
      case FLOAT32 -> 1;
      case UINT8 -> 2;
      case INT8 -> 3;
      case UINT16 -> 4;
      case INT16 -> 5;
      case INT32 -> 6;
      case INT64 -> 7;
      case STRING -> 8;
      case BOOL -> 9;
      case FLOAT16 -> 10;
      case FLOAT64 -> 11;
      case UINT32 -> 12;
      case UINT64 -> 13;
      case COMPLEX64 -> 14;
      case COMPLEX128 -> 15;
      case BFLOAT16 -> 16;
      case FLOAT8_E4M3FN -> 17;
      case FLOAT8_E5M2 -> 19;
      case UINT4 -> 21;
      case INT4 -> 22;
    };
  }

  /** The type of a number, if it is one that we have: the FNUZ and 2-bit types are not. */
  public static Optional<DataType> ofCode(int code) {
    return Arrays.stream(DataType.values()).filter(t -> code(t) == code).findFirst();
  }
}
