package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Pools of a stated number of windows: {@code Pool} where the windows are equal and side by side;
 * else axis by axis, {@code Gather} of every window's elements and a {@code Reduce} over them.
 */
final class AdaptivePools {

  private AdaptivePools() {}

  /**
   * The pool of an image.
   *
   * @param outputSize how many windows there are along each spatial axis
   */
  static Value pool(
      OperationScope scope,
      Value image,
      PoolingKind kind,
      List<Integer> outputSize,
      DataFormat format) {
    int channelAxis = format.channelAxis(image.type().rank());
    Optional<List<Integer>> size = equalWindows(scope, image, outputSize, channelAxis);
    if (size.isPresent()) {
      Pool.Kind own = kind == PoolingKind.MAX ? Pool.Kind.MAX : Pool.Kind.AVERAGE;
      Window window =
          Windows.pool(image.type().shape(), format, size.get(), size.get(), WindowPadding.VALID);
      return scope.add("pool", new Pool(own, window, channelAxis), image);
    }
    Value x = image;
    for (int i = 0; i < outputSize.size(); i++) {
      int axis = Window.spatialAxis(i, channelAxis);
      int in = Math.toIntExact(scope.knownSize(x, axis));
      x = pooled(kind, scope, x, axis, new AdaptiveWindows(in, outputSize.get(i)));
    }
    return x;
  }

  /** The size of the windows, if all of them are equal and do not overlap. */
  private static Optional<List<Integer>> equalWindows(
      OperationScope scope, Value image, List<Integer> outputSize, int channelAxis) {
    List<Integer> size = new ArrayList<>();
    for (int i = 0; i < outputSize.size(); i++) {
      long in = scope.knownSize(image, Window.spatialAxis(i, channelAxis));
      if (in % outputSize.get(i) != 0) {
        return Optional.empty();
      }
      size.add(Math.toIntExact(in / outputSize.get(i)));
    }
    return Optional.of(size);
  }

  private static Value pooled(
      PoolingKind kind, OperationScope scope, Value x, int axis, AdaptiveWindows windows) {
    Tensor indices = Tensor.of(windows.indices(), windows.count(), windows.width());
    Value gathered =
        scope.add("windows", new Gather(axis, 0), x, scope.constant("places", indices));
    List<Integer> within = List.of(axis + 1);
    if (kind == PoolingKind.MAX) {
      return scope.add("max", new Reduce(Reduce.Function.MAX, within, false), gathered);
    }
    long[] spread = new long[gathered.type().rank() - axis];
    Arrays.fill(spread, 1);
    spread[0] = windows.count();
    spread[1] = windows.width();
    Tensor shares = Tensor.of(windows.shares(), spread);
    Value weighted =
        scope.binary(
            BinaryFunction.MULTIPLY,
            gathered,
            scope.constant("shares", shares.cast(x.type().dtype())));
    return scope.add("mean", new Reduce(Reduce.Function.SUM, within, false), weighted);
  }
}
