package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reductions, in Java: ND4J's reduce_mean over the spatial axes takes several times as long. Axes
 * that are no neighbours are brought together by a transposition first.
 */
final class ReduceKernel implements Kernel<Reduce> {

  @Override
  public List<TensorType> scratch(Reduce op, StepTypes types) {
    if (areNeighbours(op.axes())) {
      return List.of();
    }
    Shape shape = types.input(0).shape().transposed(axesLast(op, types.input(0).rank()));
    return List.of(types.input(0).withShape(shape));
  }

  private static boolean areNeighbours(List<Integer> axes) {
    return axes.isEmpty() || axes.get(axes.size() - 1) - axes.get(0) == axes.size() - 1;
  }

  /** The axes that stay, then those that are reduced. */
  private static int[] axesLast(Reduce op, int rank) {
    return IntStream.concat(
            IntStream.range(0, rank).filter(axis -> !op.axes().contains(axis)),
            op.axes().stream().mapToInt(Integer::intValue))
        .toArray();
  }

  @Override
  public Task prepare(Reduce op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    List<Task> tasks = new ArrayList<>();
    int from = op.axes().isEmpty() ? x.rank() : op.axes().get(0);
    if (!areNeighbours(op.axes())) {
      NativeArray moved = arrays.scratch(0);
      tasks.add(AxisCopy.transposing(x, moved, axesLast(op, x.rank())));
      x = moved;
      from = x.rank() - op.axes().size();
    }
    Lines lines = Lines.of(x.sizes(), from, from + op.axes().size());
    if (x.dtype() == DataType.FLOAT32 && FloatReduction.covers(op.function())) {
      tasks.add(new FloatReduction(op.function(), lines, x, z));
    } else {
      tasks.add(new LineByLine(op.function(), lines, x, z));
    }
    return Task.sequence(tasks.toArray(Task[]::new));
  }

  /** Any type: whole numbers as such, others in double precision. */
  private record LineByLine(Reduce.Function function, Lines lines, NativeArray x, NativeArray z)
      implements Task {

    @Override
    public void run() {
      boolean whole = x.dtype().isInteger() && function != Reduce.Function.MEAN;
      for (int o = 0; o < lines.outer(); o++) {
        for (int n = 0; n < lines.inner(); n++) {
          int target = o * lines.inner() + n;
          if (whole) {
            z.putLong(target, longs(lines.start(o, n)));
          } else {
            z.putDouble(target, doubles(lines.start(o, n)));
          }
        }
      }
    }

    private double doubles(int start) {
      double result = identity();
      for (int i = 0; i < lines.size(); i++) {
        double value = x.getDouble(start + i * lines.inner());
        result =
            switch (function) {
              case SUM, MEAN -> result + value;
              case MAX -> Math.max(result, value);
              case MIN -> Math.min(result, value);
              case PRODUCT -> result * value;
              case ANY -> result != 0 || value != 0 ? 1 : 0;
              case ALL -> result != 0 && value != 0 ? 1 : 0;
            };
      }
      return function == Reduce.Function.MEAN ? result / lines.size() : result;
    }

    private double identity() {
      return switch (function) {
        case SUM, MEAN, ANY -> 0;
        case MAX -> Double.NEGATIVE_INFINITY;
        case MIN -> Double.POSITIVE_INFINITY;
        case PRODUCT, ALL -> 1;
      };
    }

    private long longs(int start) {
      long result = lines.size() == 0 ? (long) identity() : x.getLong(start);
      for (int i = 1; i < lines.size(); i++) {
        long value = x.getLong(start + i * lines.inner());
        result =
            switch (function) {
              case MAX -> Math.max(result, value);
              case MIN -> Math.min(result, value);
              case PRODUCT -> result * value;
              case SUM, MEAN, ANY, ALL -> result + value;
            };
      }
      return result;
    }
  }
}
