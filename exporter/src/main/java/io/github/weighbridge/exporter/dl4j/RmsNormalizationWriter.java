package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.RmsNormalization;
import java.util.List;
import java.util.Optional;

/** RMSNormalization, decomposed; see {@link Standardization}. */
final class RmsNormalizationWriter implements LayerWriter<RmsNormalization> {

  @Override
  public ChannelRule channels(RmsNormalization layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(RmsNormalization layer, LayerCall call) {
    int rank = call.inputShape().rank();
    List<Integer> axes = layer.axis().counted(rank);
    // Keras multiplies the last axes by the scale, whichever the axes are.
    boolean last = axes.get(0) == rank - axes.size();
    return call.require(last, "must scale the axes that it counts over: the last ones", axes)
        ? RowLayout.of(call, axes)
            .map(layout -> layout.array(normalized(layer, layout.rows())))
            .orElseGet(call::input)
        : call.input();
  }

  private static Rows normalized(RmsNormalization layer, Rows x) {
    Rows y = Standardization.byRootMeanSquare(x, layer.epsilon(), "/standardized");
    return Standardization.weighted(y, Optional.of("scale"), Optional.empty());
  }
}
