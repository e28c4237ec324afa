package io.github.weighbridge.core.model;

import io.github.weighbridge.core.layer.Quantization;
import io.github.weighbridge.core.tensor.DataType;
import org.jspecify.annotations.Nullable;

/**
 * In which types a layer computes and keeps its weights (Keras's DTypePolicy).
 *
 * @param name as {@code float32}, {@code mixed_float16} or {@code int8_from_float32}
 * @param compute the type of the computation; floating-point inputs are cast to it
 * @param variable the type of the weights
 * @param quantization how the layer keeps its kernel; null where as all weights
 */
public record DtypePolicy(
    String name, DataType compute, DataType variable, @Nullable Quantization quantization) {

  /** Everything in 32 bits. */
  public static final DtypePolicy FLOAT32 =
      new DtypePolicy("float32", DataType.FLOAT32, DataType.FLOAT32, null);

  /** Stands between the mode of a quantised policy and the policy that it was made from. */
  private static final String FROM = "_from_";

  /**
   * The policy of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DtypePolicy of(String name) {
    int from = name.indexOf(FROM);
    if (from >= 0) {
      return quantized(name, name.substring(0, from), of(name.substring(from + FROM.length())));
    }
    if (name.startsWith("mixed_")) {
      DataType compute = dtype(name.substring("mixed_".length()));
      return new DtypePolicy(name, compute, DataType.FLOAT32, null);
    }
    DataType dtype = dtype(name);
    return new DtypePolicy(name, dtype, dtype, null);
  }

  private static DtypePolicy quantized(String name, String mode, DtypePolicy source) {
    Quantization quantization = Quantization.of(mode);
    boolean tooSmall =
        quantization.mode() == Quantization.Mode.INT8 && source.compute == DataType.FLOAT16;
    if (source.quantization != null || tooSmall) {
      throw new IllegalArgumentException("Keras quantises no layer as '" + name + "'");
    }
    return new DtypePolicy(name, source.compute, source.variable, quantization);
  }

  private static DataType dtype(String name) {
    return DataType.ofKerasName(name)
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no data type"));
  }
}
