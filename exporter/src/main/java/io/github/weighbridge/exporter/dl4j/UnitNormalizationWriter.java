package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.UnitNormalization;
import java.util.List;

/** UnitNormalization of (batch, features) to L2NormalizeVertex. */
final class UnitNormalizationWriter implements LayerWriter<UnitNormalization> {

  @Override
  public String write(UnitNormalization layer, LayerCall call) {
    int rank = call.inputShape().rank();
    List<Integer> axes = layer.axis().counted(rank);
    return call.require(
            rank == 2 && axes.equals(List.of(1)),
            "must scale (batch, features) along the features",
            "axes " + axes + " of " + call.inputShape())
        ? call.network()
            .vertex(call.name(), Vertices.unitLength(layer.shortest()), List.of(call.input()))
        : call.input();
  }
}
