package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The numbers of an array's places along one axis, of a size that may be known at run time only.
 */
final class Positions {

  private Positions() {}

  /**
   * 1, 2, 3... (int32) along an axis of {@code x}.
   *
   * @param trailing how many axes of size 1 follow, to broadcast with other axes
   */
  static Value along(OperationScope scope, Value x, int axis, int trailing) {
    List<DimSource> size = List.of(DimSource.of(x.type().shape().dim(axis), 1, axis));
    Value one = scope.scalar("one", DataType.INT32, 1);
    Value ones =
        size.get(0) instanceof DimSource.Fixed
            ? scope.add("ones", new Expand(size), one)
            : scope.add("ones", new Expand(size), one, x);
    Value positions = scope.add("positions", new CumSum(0), ones);
    return trailing == 0
        ? positions
        : scope.add(
            "positions",
            new Unsqueeze(IntStream.rangeClosed(1, trailing).boxed().toList()),
            positions);
  }
}
