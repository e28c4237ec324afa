package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The weights of a layer whose kernel is quantised, in the order in which Keras stores them.
 *
 * <p>The kernel as a matrix {@code [rows, columns]}: what is summed, what is not. INT8 keeps its
 * own shape, INT4 {@code [rows, columns / 2]} with two elements in a byte, GPTQ and AWQ {@code
 * [columns or half of them, rows]}. Scales and zero points are {@code [groups, columns]} or, of
 * GPTQ and AWQ, {@code [columns, groups]}; g_idx {@code [rows]} says which group a row belongs to.
 *
 * @param kernel as it would be without quantisation
 * @param rows how many elements are summed for each output
 * @param columns how many there are of each
 */
record QuantizedKernel(WeightSpec kernel, Optional<WeightSpec> bias, long rows, long columns) {

  /**
   * The weights.
   *
   * @param int8Scale the sizes of the scale of INT8, which fits the layer's output
   */
  List<WeightSpec> weights(Quantization quantization, long... int8Scale) {
    long groups = quantization.groups(rows);
    List<WeightSpec> weights = new ArrayList<>();
    switch (quantization.mode()) {
      case INT8 -> {
        add(weights, kernel.quantized(DataType.INT8, kernel.shape().sizes()));
        weights.add(WeightSpec.nonTrainable("kernel_scale", int8Scale));
      }
      case INT4 -> {
        add(weights, kernel.quantized(DataType.INT8, rows, half(columns)));
        long[] sizes =
            quantization.isGrouped() ? new long[] {groups, columns} : new long[] {columns};
        weights.add(WeightSpec.nonTrainable("kernel_scale", sizes));
        if (quantization.isGrouped()) {
          weights.add(WeightSpec.nonTrainable("kernel_zero", DataType.INT8, sizes));
          weights.add(groupIndex(rows));
        }
      }
      case FLOAT8 -> {
        add(weights, kernel);
        for (String of : List.of("inputs", "kernel", "outputs_grad")) {
          weights.add(WeightSpec.trainable(of + "_scale", DataType.FLOAT32));
          weights.add(
              WeightSpec.trainable(
                  of + "_amax_history", DataType.FLOAT32, quantization.amaxHistoryLength()));
        }
      }
      case GPTQ, AWQ -> {
        bias.ifPresent(weights::add);
        long stored = quantization.weightBits() == 4 ? half(columns) : columns;
        weights.add(kernel.quantized(DataType.UINT8, stored, rows));
        weights.add(WeightSpec.nonTrainable("kernel_scale", columns, groups));
        weights.add(WeightSpec.nonTrainable("kernel_zero", DataType.UINT8, columns, groups));
        if (quantization.mode() == Quantization.Mode.AWQ) {
          weights.add(WeightSpec.nonTrainable("awq_scales", rows));
        }
        weights.add(groupIndex(rows));
      }
    }
    return weights;
  }

  private void add(List<WeightSpec> weights, WeightSpec stored) {
    weights.add(stored);
    bias.ifPresent(weights::add);
  }

  /** Which group each of the summed elements belongs to. */
  static WeightSpec groupIndex(long count) {
    return WeightSpec.nonTrainable("g_idx", DataType.FLOAT32, count);
  }

  /** How many bytes hold so many numbers of 4 bits. */
  static long half(long count) {
    return (count + 1) / 2;
  }
}
