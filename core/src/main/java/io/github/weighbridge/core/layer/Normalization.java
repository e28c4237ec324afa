package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's Normalization: {@code (x - mean) / max(sqrt(variance), 1e-7)} with statistics of the
 * training data, or the inverse of that.
 *
 * <p>Weights, unless the configuration has mean and variance: mean and variance of the sizes of the
 * axes in ascending order, count (one whole number, which no prediction depends on); none is
 * trained.
 *
 * @param axis the axes that have statistics of their own; empty for one mean and variance of all
 * @param mean given instead of learned, broadcast to the sizes of the axes; null with variance
 * @param variance likewise
 * @param invert whether the result is {@code mean + x max(sqrt(variance), 1e-7)}
 * @param passesMask whether a mask is handed on (Keras 3) or ends here (Keras 2)
 */
public record Normalization(
    List<Integer> axis,
    @Nullable Numbers mean,
    @Nullable Numbers variance,
    boolean invert,
    boolean passesMask)
    implements Layer {

  /** Copies the axes. */
  public Normalization {
    axis = List.copyOf(axis);
    Rules.require((mean == null) == (variance == null), "mean and variance must be given together");
  }

  /** The axes counted from 0, ascending. */
  public List<Integer> counted(int rank) {
    return axis.isEmpty() ? List.of() : new Axes(axis, true).counted(rank);
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    if (mean != null) {
      return List.of();
    }
    long[] sizes = statistics(call.input().shape()).sizes();
    return List.of(
        WeightSpec.nonTrainable("mean", sizes),
        WeightSpec.nonTrainable("variance", sizes),
        WeightSpec.nonTrainable("count", DataType.INT64));
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType input = call.input();
    Shape statistics = statistics(input.shape());
    if (mean != null && variance != null) {
      mean.requireBroadcastTo(statistics, "mean");
      variance.requireBroadcastTo(statistics, "variance");
    }
    return List.of(input.withDtype(call.computeType()));
  }

  /** The shape of mean and variance. */
  private Shape statistics(Shape input) {
    List<Dim> dims = new ArrayList<>();
    for (int counted : counted(input.rank())) {
      dims.add(Dim.of(Rules.knownSize(input, counted, "the size of axis " + counted)));
    }
    return new Shape(dims);
  }
}
