package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Normalization;
import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Normalization along an axis to BatchNormalization, by one mean to ScaleVertex and ShiftVertex.
 */
final class NormalizationWriter implements LayerWriter<Normalization> {

  private static final double EPSILON = 1e-7;

  @Override
  public ChannelRule channels(Normalization layer, int rank) {
    return ChannelNormalization.channels(rank);
  }

  @Override
  public String write(Normalization layer, LayerCall call) {
    Shape shape = call.inputShape();
    List<Integer> axes = layer.counted(shape.rank());
    if (axes.size() > 1) {
      return RowLayout.of(call, axes)
          .map(layout -> layout.array(alongAll(layer, call, layout.rows(), layout.sizes())))
          .orElseGet(call::input);
    }
    int axis = axes.isEmpty() ? 0 : call.axis(axes.get(0));
    long size = axes.isEmpty() ? 1 : shape.dim(axis).size();
    WeightRef mean = statistic(call, "mean", layer.mean(), size);
    WeightRef variance = statistic(call, "variance", layer.variance(), size);
    if (axes.isEmpty()) {
      double center = mean.load().getDouble(0);
      double deviation = Math.max(Math.sqrt(variance.load().getDouble(0)), EPSILON);
      return layer.invert()
          ? RescalingWriter.scaled(call, deviation, center)
          : RescalingWriter.scaled(call, 1 / deviation, -center / deviation);
    }
    return along(layer.invert(), mean, variance).write(call, axis);
  }

  /** Of rows that have all axes with statistics of their own. */
  private static Rows alongAll(Normalization layer, LayerCall call, Rows x, long... sizes) {
    WeightRef mean = flat(statistic(call, "mean", layer.mean(), sizes));
    WeightRef variance = flat(statistic(call, "variance", layer.variance(), sizes));
    WeightRef deviation =
        WeightRef.mapped(
            DataType.FLOAT32, v -> Math.max(Math.sqrt(v[0]), EPSILON), List.of(variance));
    if (layer.invert()) {
      return x.constantAffine("", deviation, mean);
    }
    WeightRef factors = WeightRef.mapped(DataType.FLOAT32, v -> 1 / v[0], List.of(deviation));
    WeightRef addends =
        WeightRef.mapped(DataType.FLOAT32, v -> -v[0] / v[1], List.of(mean, deviation));
    return x.constantAffine("", factors, addends);
  }

  private static WeightRef flat(WeightRef statistic) {
    return statistic.reshaped(statistic.count());
  }

  private static ChannelNormalization along(boolean invert, WeightRef mean, WeightRef variance) {
    WeightRef zeros = WeightRef.filled(DataType.FLOAT32, 0, mean.count());
    WeightRef ones = WeightRef.filled(DataType.FLOAT32, 1, mean.count());
    if (invert) {
      WeightRef deviation =
          WeightRef.mapped(
              DataType.FLOAT32, v -> Math.max(Math.sqrt(v[0]), EPSILON), List.of(variance));
      return new ChannelNormalization(false, deviation, mean, zeros, ones, 0, 1);
    }
    WeightRef limited =
        WeightRef.mapped(
            DataType.FLOAT32, v -> Math.max(v[0], EPSILON * EPSILON), List.of(variance));
    return new ChannelNormalization(false, ones, zeros, mean, limited, 0, 1);
  }

  private static WeightRef statistic(
      LayerCall call, String name, @Nullable Numbers given, long... sizes) {
    WeightRef own = given == null ? call.weight(name) : WeightRef.of(given.tensor());
    return own.cast(DataType.FLOAT32).broadcastTo(sizes);
  }
}
