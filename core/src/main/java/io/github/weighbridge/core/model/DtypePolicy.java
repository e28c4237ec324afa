package io.github.weighbridge.core.model;

import io.github.weighbridge.core.tensor.DataType;

/**
 * In which types a layer computes and keeps its weights (Keras's DTypePolicy).
 *
 * @param name as {@code float32} or {@code mixed_float16}
 * @param compute the type of the computation; floating-point inputs are cast to it
 * @param variable the type of the weights
 */
public record DtypePolicy(String name, DataType compute, DataType variable) {

  /** Everything in 32 bits. */
  public static final DtypePolicy FLOAT32 =
      new DtypePolicy("float32", DataType.FLOAT32, DataType.FLOAT32);

  /**
   * The policy of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DtypePolicy of(String name) {
    if (name.startsWith("mixed_")) {
      return new DtypePolicy(name, dtype(name.substring("mixed_".length())), DataType.FLOAT32);
    }
    DataType dtype = dtype(name);
    return new DtypePolicy(name, dtype, dtype);
  }

  private static DataType dtype(String name) {
    return DataType.ofKerasName(name)
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no data type"));
  }
}
