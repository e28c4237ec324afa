package io.github.weighbridge.formats.dl4j;

import io.github.weighbridge.core.tensor.DataType;
import java.util.Optional;

/** ND4J's types of parameters: their names in files and configurations, and their flags. */
enum NdType {
  HALF(DataType.FLOAT16, 4096),
  BFLOAT16(DataType.BFLOAT16, 2048),
  FLOAT(DataType.FLOAT32, 8192),
  DOUBLE(DataType.FLOAT64, 16384);

  private final DataType dtype;
  private final int flag;

  NdType(DataType dtype, int flag) {
    this.dtype = dtype;
    this.flag = flag;
  }

  /** What it is here. */
  DataType dtype() {
    return dtype;
  }

  /** Its bit among the flags of a shape. */
  int flag() {
    return flag;
  }

  /**
   * The type of parameters of a type.
   *
   * @throws IllegalArgumentException if ND4J has no such floating-point type
   */
  static NdType of(DataType dtype) {
    for (NdType type : values()) {
      if (type.dtype == dtype) {
        return type;
      }
    }
    throw new IllegalArgumentException("no parameters are of type " + dtype);
  }

  /** The type of that name. */
  static Optional<NdType> named(String name) {
    for (NdType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
