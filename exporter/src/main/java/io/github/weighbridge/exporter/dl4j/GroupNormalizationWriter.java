package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.GroupNormalization;
import java.util.List;
import java.util.Optional;

/** GroupNormalization, decomposed: groups as rows, then channels as rows for gamma and beta. */
final class GroupNormalizationWriter implements LayerWriter<GroupNormalization> {

  @Override
  public ChannelRule channels(GroupNormalization layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(GroupNormalization layer, LayerCall call) {
    int axis = layer.countedAxis(call.inputShape());
    long groups = layer.groupsOf(call.inputs().get(0).type().shape());
    Optional<RowLayout> layout = RowLayout.ofGroups(call, axis, groups);
    if (layout.isEmpty()) {
      return call.input();
    }
    Rows groupRows = Standardization.of(layout.get().rows(), layer.epsilon(), "/standardized");
    String standardized = layout.get().array(groupRows);
    return RowLayout.of(call.behind(standardized), List.of(axis))
        .filter(channels -> layer.scale() || layer.center())
        .map(
            channels ->
                channels.array(
                    Standardization.weighted(
                        channels.rows(),
                        layer.scale() ? "gamma" : null,
                        layer.center() ? "beta" : null)))
        .orElse(standardized);
  }
}
