package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.SimpleRnn;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/** SimpleRNN to SimpleRnn. Parameters: kernel and recurrent kernel, column-major, then the bias. */
final class SimpleRnnWriter implements LayerWriter<SimpleRnn> {

  @Override
  public ChannelRule channels(SimpleRnn layer, int rank) {
    return ChannelRule.LAST;
  }

  @Override
  public String write(SimpleRnn layer, LayerCall call) {
    return Recurrence.layer(layer, call, config(layer, call), parameters(layer, call));
  }

  static Dl4jObject config(SimpleRnn layer, LayerCall call) {
    return call.templates()
        .recurrent(
            "recurrent.SimpleRnn",
            call.activation(layer.activation()).function(),
            call.weight("kernel").sizes()[0],
            layer.units(),
            call.sequenceFormat())
        .with("hasLayerNorm", false);
  }

  static List<WeightRef> parameters(SimpleRnn layer, LayerCall call) {
    WeightRef kernel = call.weight("kernel");
    List<WeightRef> parameters =
        List.of(
            kernel.transposed(1, 0),
            call.weight("recurrent_kernel").transposed(1, 0),
            layer.useBias()
                ? call.weight("bias")
                : WeightRef.filled(kernel.dtype(), 0, layer.units()));
    return Activations.of(layer.activation())
        .map(activation -> LayerCall.scaled(activation, parameters))
        .orElse(parameters);
  }
}
