package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.LayerNormalization;
import java.util.Optional;

/** LayerNormalization, decomposed; see {@link Standardization}. */
final class LayerNormalizationWriter implements LayerWriter<LayerNormalization> {

  @Override
  public ChannelRule channels(LayerNormalization layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(LayerNormalization layer, LayerCall call) {
    Optional<RowLayout> layout = RowLayout.of(call, layer.axis().counted(call.inputShape().rank()));
    if (layout.isEmpty()) {
      return call.input();
    }
    Rows x = layout.get().rows();
    boolean scaled = layer.hasGamma();
    boolean shifted = layer.hasBeta();
    String step = scaled || shifted ? "/standardized" : "";
    Rows y =
        layer.rmsScaling()
            ? Standardization.byDeviation(x, layer.epsilon(), step)
            : Standardization.of(x, layer.epsilon(), step);
    return layout
        .get()
        .array(Standardization.weighted(y, scaled ? "gamma" : null, shifted ? "beta" : null));
  }
}
