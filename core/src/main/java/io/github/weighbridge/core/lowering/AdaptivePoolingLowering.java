package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.AdaptivePooling;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code Pool} where the windows are equal and side by side; else axis by axis, {@code Gather} of
 * every window's elements and a {@code Reduce} over them.
 */
final class AdaptivePoolingLowering implements Lowering<AdaptivePooling> {

  @Override
  public Lowered lower(AdaptivePooling layer, LoweringContext context) {
    Value x = context.input();
    Optional<List<Integer>> size = equalWindows(layer, context, x);
    if (size.isPresent()) {
      Pool.Kind kind = layer.kind() == PoolingKind.MAX ? Pool.Kind.MAX : Pool.Kind.AVERAGE;
      Shape image = x.type().shape();
      Pool pool =
          new Pool(
              kind,
              Windows.pool(image, layer.dataFormat(), size.get(), size.get(), WindowPadding.VALID),
              layer.dataFormat().channelAxis(image.rank()));
      return Lowered.of(context.add("pool", pool, x));
    }
    for (int i = 0; i < layer.rank(); i++) {
      int axis = layer.spatialAxis(i);
      AdaptiveWindows windows =
          new AdaptiveWindows(
              Math.toIntExact(context.knownSize(x, axis)), layer.outputSize().get(i));
      x = pooled(layer.kind(), context, x, axis, windows);
    }
    return Lowered.of(x);
  }

  /** The size of the windows, if all of them are equal and do not overlap. */
  private static Optional<List<Integer>> equalWindows(
      AdaptivePooling layer, LoweringContext context, Value x) {
    List<Integer> size = new ArrayList<>();
    for (int i = 0; i < layer.rank(); i++) {
      long in = context.knownSize(x, layer.spatialAxis(i));
      if (in % layer.outputSize().get(i) != 0) {
        return Optional.empty();
      }
      size.add(Math.toIntExact(in / layer.outputSize().get(i)));
    }
    return Optional.of(size);
  }

  private static Value pooled(
      PoolingKind kind, LoweringContext context, Value x, int axis, AdaptiveWindows windows) {
    Tensor indices = Tensor.of(windows.indices(), windows.count(), windows.width());
    Value gathered =
        context.add(
            "windows", new Gather(axis, 0), x, context.constant("places", WeightRef.of(indices)));
    List<Integer> within = List.of(axis + 1);
    if (kind == PoolingKind.MAX) {
      return context.add("max", new Reduce(Reduce.Function.MAX, within, false), gathered);
    }
    long[] spread = new long[gathered.type().rank() - axis];
    Arrays.fill(spread, 1);
    spread[0] = windows.count();
    spread[1] = windows.width();
    Tensor shares = Tensor.of(windows.shares(), spread);
    Value weighted =
        context.binary(
            BinaryFunction.MULTIPLY,
            gathered,
            context.constant("shares", WeightRef.of(shares.cast(x.type().dtype()))));
    return context.add("mean", new Reduce(Reduce.Function.SUM, within, false), weighted);
  }
}
