package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.layer.Gru;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.layer.RecurrentLayer;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weights of CuDNNLSTM and CuDNNGRU as those of LSTM and GRU. They are known by their bias, as
 * Keras knows them: one part for the input and one for the state behind it, where LSTM has their
 * sum and GRU has them in two rows.
 *
 * <p>The kernel of each gate has the same shape in both, {@code [features, units]}, but stands
 * there as {@code [units, features]}, row after row; the recurrent kernel of each gate is
 * transposed. Gates stand in the same order.
 */
final class CudnnWeights {

  private CudnnWeights() {}

  /** The weights of a layer as it has them itself; those of other layers stay as they are. */
  static Map<String, WeightRef> toPlain(Layer layer, Map<String, WeightRef> weights) {
    if (!(layer instanceof RecurrentLayer recurrent) || !isCudnn(recurrent, weights)) {
      return weights;
    }
    int gates = recurrent.gates();
    Map<String, WeightRef> plain = new LinkedHashMap<>(weights);
    plain.computeIfPresent("kernel", (name, kernel) -> byGate(kernel, gates));
    plain.computeIfPresent("recurrent_kernel", (name, kernel) -> byGate(kernel, gates));
    plain.computeIfPresent(
        "bias",
        (name, bias) ->
            layer instanceof Lstm ? halvesAdded(bias) : bias.reshaped(2, bias.count() / 2));
    return plain;
  }

  private static boolean isCudnn(RecurrentLayer layer, Map<String, WeightRef> weights) {
    boolean possible = layer instanceof Lstm || (layer instanceof Gru gru && gru.resetAfter());
    WeightRef bias = weights.get("bias");
    long width = (long) layer.gates() * layer.units();
    return possible
        && bias != null
        && bias.sizes().length == 1
        && bias.count() == 2 * width
        && hasWidth(weights.get("kernel"), width)
        && hasWidth(weights.get("recurrent_kernel"), width);
  }

  private static boolean hasWidth(@Nullable WeightRef kernel, long width) {
    return kernel != null && kernel.sizes().length == 2 && kernel.sizes()[1] == width;
  }

  private static WeightRef byGate(WeightRef kernel, int gates) {
    long rows = kernel.sizes()[0];
    long units = kernel.sizes()[1] / gates;
    List<WeightRef> blocks = new ArrayList<>();
    for (int gate = 0; gate < gates; gate++) {
      WeightRef block = kernel.sliced(1, gate * units, (gate + 1) * units);
      blocks.add(block.reshaped(units, rows).transposed(1, 0));
    }
    return WeightRef.concatenated(1, blocks);
  }

  private static WeightRef halvesAdded(WeightRef bias) {
    long half = bias.count() / 2;
    return WeightRef.mapped(
        bias.dtype(),
        parts -> parts[0] + parts[1],
        List.of(bias.sliced(0, 0, half), bias.sliced(0, half, 2 * half)));
  }
}
