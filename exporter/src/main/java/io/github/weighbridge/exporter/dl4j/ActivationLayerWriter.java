package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.ActivationLayer;
import java.util.List;

/** Activation to ActivationLayer. */
final class ActivationLayerWriter implements LayerWriter<ActivationLayer> {

  @Override
  public ChannelRule channels(ActivationLayer layer, int rank) {
    return ChannelRule.of(layer.activation());
  }

  @Override
  public String write(ActivationLayer layer, LayerCall call) {
    return write(layer.activation(), call);
  }

  static String write(Activation function, LayerCall call) {
    if (ComposedActivations.has(function)) {
      return ComposedActivations.write(function, call);
    }
    Activations.Mapped activation = call.activation(function);
    if (activation.isPlain()) {
      return call.layer(LayerTemplates.activation(activation.function()));
    }
    String scaled =
        call.network()
            .vertex(
                call.name() + "/scaled",
                Vertices.scale(activation.inputScale()),
                List.of(call.input()));
    return call.network()
        .layer(
            call.name(), LayerTemplates.activation(activation.function()), List.of(), scaled, null);
  }
}
