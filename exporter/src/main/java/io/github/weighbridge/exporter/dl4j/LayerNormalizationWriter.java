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
    if (!Standardization.hasFractions(call, layer.castsInput())) {
      return call.input();
    }
    return RowLayout.of(call, layer.axis().counted(call.inputShape().rank()))
        .map(layout -> layout.array(normalized(layer, layout.rows())))
        .orElseGet(call::input);
  }

  private static Rows normalized(LayerNormalization layer, Rows x) {
    Rows y =
        layer.rmsScaling()
            ? Standardization.byDeviation(x, layer.epsilon(), "/standardized")
            : Standardization.of(x, layer.epsilon(), "/standardized");
    return Standardization.weighted(
        y,
        Optional.of("gamma").filter(name -> layer.hasGamma()),
        Optional.of("beta").filter(name -> layer.hasBeta()));
  }
}
