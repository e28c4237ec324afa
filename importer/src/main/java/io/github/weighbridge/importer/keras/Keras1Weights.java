package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.layer.ConvLstm;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Gru;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of Keras 1 as those of its successors. LSTM and GRU had three arrays for each gate, a
 * one-dimensional convolution was a flat image, kernels followed {@code dim_ordering}, and
 * transposed ones had their input's channels first.
 */
final class Keras1Weights {

  /** The gates in the order of the file, by layer; and in that of today. */
  private static final List<String> STORED_LSTM = List.of("i", "c", "f", "o");

  private static final List<String> LSTM = List.of("i", "f", "c", "o");
  private static final List<String> GRU = List.of("z", "r", "h");

  private static final List<String> PARTS = List.of("kernel", "recurrent_kernel", "bias");

  private final boolean deviations;

  /** Weights of a version, see {@link StoredWeights#deviations}. */
  Keras1Weights(boolean deviations) {
    this.deviations = deviations;
  }

  static boolean hasGates(Layer layer) {
    return layer instanceof Lstm || layer instanceof Gru || layer instanceof ConvLstm;
  }

  /** What the file has for a layer with gates: gate by gate, the three arrays of each. */
  static List<String> keysByGate(Layer layer) {
    List<String> keys = new ArrayList<>();
    for (String gate : layer instanceof Gru ? GRU : STORED_LSTM) {
      PARTS.forEach(part -> keys.add(part + "_" + gate));
    }
    return keys;
  }

  Map<String, WeightRef> toPlain(Layer layer, Map<String, WeightRef> stored) {
    Map<String, WeightRef> plain =
        new LinkedHashMap<>(hasGates(layer) ? fused(layer, stored) : stored);
    if (layer instanceof Convolution convolution) {
      plain.computeIfPresent(
          "kernel", (name, kernel) -> kernel(kernel, convolution.rank(), convolution.dataFormat()));
    } else if (layer instanceof TransposedConvolution transposed) {
      plain.computeIfPresent(
          "kernel", (name, kernel) -> transposedKernel(kernel, transposed.dataFormat()));
    } else if (layer instanceof SeparableConvolution separable) {
      for (String name : List.of("depthwise_kernel", "pointwise_kernel")) {
        plain.computeIfPresent(name, (n, kernel) -> kernel(kernel, 2, separable.dataFormat()));
      }
    } else if (layer instanceof ConvLstm loop) {
      for (String name : List.of("kernel", "recurrent_kernel")) {
        plain.computeIfPresent(name, (n, kernel) -> kernel(kernel, 2, loop.dataFormat()));
      }
    } else if (layer instanceof BatchNormalization normalization && deviations) {
      double epsilon = normalization.epsilon();
      plain.computeIfPresent("moving_variance", (name, deviation) -> variance(deviation, epsilon));
    }
    return plain;
  }

  /** The arrays of all gates side by side, along the last axis or (in {@code th}) the first. */
  private static Map<String, WeightRef> fused(Layer layer, Map<String, WeightRef> stored) {
    boolean first =
        layer instanceof ConvLstm loop && loop.dataFormat() == DataFormat.CHANNELS_FIRST;
    Map<String, WeightRef> fused = new LinkedHashMap<>();
    for (String part : PARTS) {
      List<WeightRef> gates = new ArrayList<>();
      for (String gate : layer instanceof Gru ? GRU : LSTM) {
        WeightRef array = stored.get(part + "_" + gate);
        if (array == null) {
          return stored;
        }
        gates.add(array);
      }
      int last = gates.get(0).sizes().length - 1;
      fused.put(part, WeightRef.concatenated(first ? 0 : last, gates));
    }
    return fused;
  }

  private static WeightRef kernel(WeightRef kernel, int rank, DataFormat format) {
    long[] sizes = kernel.sizes();
    if (rank == 1) {
      return flatImage(kernel);
    }
    if (format != DataFormat.CHANNELS_FIRST || sizes.length != rank + 2) {
      return kernel;
    }
    return rank == 2 ? kernel.transposed(2, 3, 1, 0) : kernel.transposed(2, 3, 4, 1, 0);
  }

  /** {@code [k, 1, in, out]}, or {@code [out, in, k, 1]} where images had their channels first. */
  private static WeightRef flatImage(WeightRef kernel) {
    long[] sizes = kernel.sizes();
    if (sizes.length != 4) {
      return kernel;
    }
    if (sizes[1] == 1 && sizes[3] != 1) {
      return kernel.reshaped(sizes[0], sizes[2], sizes[3]);
    }
    return sizes[3] == 1
        ? kernel.transposed(2, 3, 1, 0).reshaped(sizes[2], sizes[1], sizes[0])
        : kernel;
  }

  /** From {@code [k..., in, out]}, or {@code [out, in, k...]}, to {@code [k..., out, in]}. */
  private static WeightRef transposedKernel(WeightRef kernel, DataFormat format) {
    if (kernel.sizes().length != 4) {
      return kernel;
    }
    return format == DataFormat.CHANNELS_FIRST
        ? kernel.transposed(2, 3, 0, 1)
        : kernel.transposed(0, 1, 3, 2);
  }

  /** The variance that normalises as the division by {@code deviation + epsilon} did. */
  private static WeightRef variance(WeightRef deviation, double epsilon) {
    return WeightRef.mapped(
        deviation.dtype(),
        parts -> (parts[0] + epsilon) * (parts[0] + epsilon) - epsilon,
        List.of(deviation));
  }
}
