package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.GroupNormalization;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
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
    Shape shape = call.inputShape();
    int axis = call.axis(layer.countedAxis(shape));
    if (!Standardization.hasFractions(call, layer.castsInput())
        || !call.require(
            shape.slice(1, shape.rank()).isFixed(), "must have an input of known sizes", shape)) {
      return call.input();
    }
    // [batch, before, groups, members and what is behind]
    Dim groups = Dim.of(layer.groupsOf(call.inputs().get(0).type().shape()));
    Dim members = Dim.of(shape.slice(axis, shape.rank()).elementCount() / groups.size());
    Dim before = Dim.of(shape.slice(1, axis).elementCount());
    Shape apart = Shape.of(shape.dim(0), before, groups, members);
    String divided = reshaped(call, "/groups", call.input(), shape, apart);
    return RowLayout.of(call.behind(divided, apart), List.of(1, 3))
        .map(rows -> rows.array(Standardization.of(rows.rows(), layer.epsilon(), "/standardized")))
        .map(standardized -> reshaped(call, "/whole", standardized, apart, shape))
        .flatMap(whole -> weighted(layer, call.behind(whole, shape), axis))
        .orElseGet(call::input);
  }

  private static String reshaped(LayerCall call, String step, String vertex, Shape from, Shape to) {
    return call.network().preProcessor(call.name() + step, PreProcessors.reshape(from, to), vertex);
  }

  private static Optional<String> weighted(GroupNormalization layer, LayerCall call, int axis) {
    if (!layer.scale() && !layer.center()) {
      return Optional.of(call.input());
    }
    return RowLayout.of(call, List.of(axis))
        .map(
            channels ->
                channels.array(
                    Standardization.weighted(
                        channels.rows(),
                        Optional.of("gamma").filter(name -> layer.scale()),
                        Optional.of("beta").filter(name -> layer.center()))));
  }
}
