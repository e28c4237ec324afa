package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/**
 * LSTM. Parameters: kernel and recurrent kernel, column-major, then the bias; gates in the order
 * candidate, forget, output, input.
 */
final class LstmWriter implements LayerWriter<Lstm> {

  @Override
  public ChannelRule channels(Lstm layer, int rank) {
    return ChannelRule.LAST;
  }

  @Override
  public String write(Lstm layer, LayerCall call) {
    return Recurrence.layer(layer, call, config(layer, call), parameters(layer, call));
  }

  static Dl4jObject config(Lstm layer, LayerCall call) {
    Activations.Mapped activation = call.activation(layer.activation());
    // It acts on the state too, which no weight scales.
    call.require(
        activation.isPlain(),
        "must have an activation of which DL4J has exactly the values",
        layer.activation().name());
    Activations.Mapped gate = call.activation(layer.recurrentActivation());
    return call.templates()
        .recurrent(
            "LSTM",
            activation.function(),
            call.weight("kernel").sizes()[0],
            layer.units(),
            call.sequenceFormat())
        .with("forgetGateBiasInit", layer.unitForgetBias() ? 1.0 : 0.0)
        .with("gateActivationFn", gate.function())
        .with("helperAllowFallback", true);
  }

  static List<WeightRef> parameters(Lstm layer, LayerCall call) {
    double scale =
        Activations.of(layer.recurrentActivation()).map(Activations.Mapped::inputScale).orElse(1.0);
    int units = layer.units();
    WeightRef bias =
        layer.useBias()
            ? call.weight("bias")
            : WeightRef.filled(call.weight("kernel").dtype(), 0, 4L * units);
    return List.of(
        gates(call.weight("kernel"), 1, units, scale).transposed(1, 0),
        gates(call.weight("recurrent_kernel"), 1, units, scale).transposed(1, 0),
        gates(bias, 0, units, scale));
  }

  /** From Keras's i, f, c, o to c, f, o, i; all but c pass the gates' activation. */
  static WeightRef gates(WeightRef weight, int axis, int units, double scale) {
    WeightRef[] blocks = new WeightRef[4];
    for (int i = 0; i < 4; i++) {
      blocks[i] = weight.sliced(axis, (long) i * units, (i + 1L) * units);
    }
    return WeightRef.concatenated(
        axis,
        List.of(
            blocks[2],
            LayerCall.scaled(blocks[1], scale),
            LayerCall.scaled(blocks[3], scale),
            LayerCall.scaled(blocks[0], scale)));
  }
}
