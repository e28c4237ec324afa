package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Channels-last images in other sizes: the nearest elements are a copy, interpolation goes along
 * one axis after the other.
 */
final class ResizeKernel implements Kernel<Resize> {

  /** What interpolation along all axes but the last leaves in between. */
  @Override
  public List<TensorType> scratch(Resize op, StepTypes types) {
    List<TensorType> scratch = new ArrayList<>();
    if (op.method() != Resize.Method.NEAREST) {
      long[] sizes = types.sizes(0);
      long[] result = types.output().shape().sizes();
      for (int i = 0; i < op.spatialRank() - 1; i++) {
        sizes[i + 1] = result[i + 1];
        scratch.add(types.input(0).withShape(Shape.of(sizes)));
      }
    }
    return scratch;
  }

  @Override
  public Task prepare(Resize op, StepArrays arrays) {
    NativeArray from = arrays.input(0);
    if (op.method() == Resize.Method.NEAREST) {
      int[][] indices = AxisCopy.whole(arrays.output());
      for (int i = 1; i <= op.spatialRank(); i++) {
        double step = (double) from.sizes()[i] / indices[i].length;
        indices[i] =
            Arrays.stream(indices[i]).map(k -> (int) Math.floor((k + 0.5) * step)).toArray();
      }
      return AxisCopy.gathering(from, arrays.output(), indices);
    }
    List<NativeArray> results = new ArrayList<>(arrays.scratch());
    results.add(arrays.output());
    Task[] tasks = new Task[results.size()];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] = new AlongAxis(op.method(), from, results.get(i), i + 1);
      from = results.get(i);
    }
    return Task.sequence(tasks);
  }

  /** Interpolation along one axis: each result is a weighted sum of neighbours. */
  private static final class AlongAxis implements Task {

    private final NativeArray from;
    private final NativeArray to;
    private final Lines lines;
    private final int[][] sources;
    private final double[][] weights;

    AlongAxis(Resize.Method method, NativeArray from, NativeArray to, int axis) {
      this.from = from;
      this.to = to;
      this.lines = Lines.of(from.sizes(), axis, axis + 1);
      int size = Math.toIntExact(to.sizes()[axis]);
      double step = (double) lines.size() / size;
      this.sources = new int[size][];
      this.weights = new double[size][];
      int reach = method == Resize.Method.LINEAR ? 1 : 2;
      for (int i = 0; i < sources.length; i++) {
        double centre = (i + 0.5) * step - 0.5;
        int first = (int) Math.floor(centre) - reach + 1;
        sources[i] = new int[2 * reach];
        weights[i] = new double[2 * reach];
        for (int k = 0; k < 2 * reach; k++) {
          int source = first + k;
          boolean outside = source < 0 || source >= lines.size();
          sources[i][k] = Math.max(0, Math.min(lines.size() - 1, source));
          weights[i][k] = weight(method, outside, Math.abs(centre - source));
        }
        double sum = Arrays.stream(weights[i]).sum();
        weights[i] = Arrays.stream(weights[i]).map(w -> w / sum).toArray();
      }
    }

    /** Linear repeats the border; the cubic leaves out what lies beyond it, as TensorFlow does. */
    private static double weight(Resize.Method method, boolean outside, double distance) {
      if (method == Resize.Method.LINEAR) {
        return 1 - distance;
      }
      return outside ? 0 : keys(distance);
    }

    /** Keys' cubic convolution kernel with a = -0.5. */
    private static double keys(double x) {
      if (x <= 1) {
        return (1.5 * x - 2.5) * x * x + 1;
      }
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    }

    @Override
    public void run() {
      int inner = lines.inner();
      for (int o = 0; o < lines.outer(); o++) {
        int base = o * lines.size() * inner;
        for (int i = 0; i < sources.length; i++) {
          int target = (o * sources.length + i) * inner;
          for (int n = 0; n < inner; n++) {
            double sum = 0;
            for (int k = 0; k < sources[i].length; k++) {
              sum += weights[i][k] * from.getDouble(base + sources[i][k] * inner + n);
            }
            to.putDouble(target + n, sum);
          }
        }
      }
    }
  }
}
