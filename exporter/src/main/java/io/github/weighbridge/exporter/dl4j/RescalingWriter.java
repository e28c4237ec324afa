package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.layer.Rescaling;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/** Rescaling by numbers to ScaleVertex and ShiftVertex, by a list to BatchNormalization. */
final class RescalingWriter implements LayerWriter<Rescaling> {

  @Override
  public ChannelRule channels(Rescaling layer, int rank) {
    return layer.scale().isScalar() && layer.offset().isScalar()
        ? ChannelRule.ANYWHERE
        : ChannelNormalization.channels(rank);
  }

  @Override
  public String write(Rescaling layer, LayerCall call) {
    if (layer.scale().isScalar() && layer.offset().isScalar()) {
      double scale = layer.scale().values().get(0);
      return scaled(call, scale, layer.offset().values().get(0));
    }
    Shape shape = call.inputShape();
    int axis = call.axis(shape.rank() - 1);
    boolean perChannel =
        layer.scale().sizes().size() <= 1
            && layer.offset().sizes().size() <= 1
            && shape.dim(axis).isFixed();
    if (!call.require(
        perChannel, "must scale by numbers or by a list along the last axis", layer)) {
      return call.input();
    }
    long size = shape.dim(axis).size();
    return new ChannelNormalization(
            false,
            along(layer.scale(), size),
            along(layer.offset(), size),
            WeightRef.filled(DataType.FLOAT32, 0, size),
            WeightRef.filled(DataType.FLOAT32, 1, size),
            0,
            1)
        .write(call, axis);
  }

  /** {@code scale x + offset} under the call's name. */
  static String scaled(LayerCall call, double scale, double offset) {
    String scaled =
        call.network()
            .vertex(call.name() + "/scaled", Vertices.scale(scale), List.of(call.input()));
    return call.network().vertex(call.name(), Vertices.shift(offset), List.of(scaled));
  }

  private static WeightRef along(Numbers numbers, long size) {
    return WeightRef.of(numbers.tensor()).cast(DataType.FLOAT32).broadcastTo(size);
  }
}
