package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.GravesLstm;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/**
 * GravesLSTM. Parameters: as of LSTM, but the recurrent kernel has three columns more, the
 * peepholes of the forget, output and input gate.
 */
final class GravesLstmWriter implements LayerWriter<GravesLstm> {

  @Override
  public ChannelRule channels(GravesLstm layer, int rank) {
    return ChannelRule.LAST;
  }

  @Override
  public String write(GravesLstm layer, LayerCall call) {
    return Recurrence.layer(layer, call, config(layer, call), parameters(layer, call));
  }

  static Dl4jObject config(GravesLstm layer, LayerCall call) {
    Activations.Mapped activation = call.activation(layer.activation());
    // It acts on the state too, which no weight scales.
    call.require(
        activation.isPlain(),
        "must have an activation of which DL4J has exactly the values",
        layer.activation().name());
    long features = call.weight("kernel").sizes()[0];
    return call.templates()
        .recurrent(
            "GravesLSTM", activation.function(), features, layer.units(), call.sequenceFormat())
        .with("forgetGateBiasInit", layer.unitForgetBias() ? 1.0 : 0.0)
        .with("gateActivationFn", call.activation(layer.recurrentActivation()).function())
        .with("helperAllowFallback", true);
  }

  static List<WeightRef> parameters(GravesLstm layer, LayerCall call) {
    double scale =
        Activations.of(layer.recurrentActivation()).map(Activations.Mapped::inputScale).orElse(1.0);
    int units = layer.units();
    WeightRef peepholes = call.weight("peephole_kernel").gathered(0, 1, 2, 0);
    return List.of(
        LstmWriter.gates(call.weight("kernel"), 1, units, scale).transposed(1, 0),
        LstmWriter.gates(call.weight("recurrent_kernel"), 1, units, scale).transposed(1, 0),
        LayerCall.scaled(peepholes, scale),
        LstmWriter.gates(call.weight("bias"), 0, units, scale));
  }
}
