package io.github.weighbridge.reference;

import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.reference.ReferenceEvaluator.Given;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reference of what moves a window over an image: convolutions, pools, enlargements. */
final class ReferenceWindows {

  private ReferenceWindows() {}

  static @Nullable ReferenceArray apply(Operation op, Given given) {
    if (op instanceof Conv conv) {
      return conv(conv, given);
    }
    if (op instanceof ConvTranspose conv) {
      return convTranspose(conv, given);
    }
    if (op instanceof Pool pool) {
      return pool(pool, given);
    }
    if (op instanceof Resize resize) {
      return resize(resize, given);
    }
    return null;
  }

  private static ReferenceArray conv(Conv op, Given given) {
    ReferenceArray image = given.x();
    ReferenceArray kernel = given.operand(1);
    ReferenceArray bias = given.optional(2);
    int rank = op.window().rank();
    int inPerGroup = kernel.size(rank);
    int outPerGroup = kernel.size(rank + 1) / op.groups();
    Padding padding = op.window().paddingFor(spatialSizes(image, rank, op.channelAxis()));
    int[] window = intArray(op.window().size());
    return ReferenceArray.compute(
        given.type(),
        out -> {
          int channel = out[op.channelAxis()];
          int[] at = out.clone();
          double[] sum = {bias == null ? 0 : bias.get(channel)};
          int[] k = new int[rank + 2];
          k[rank + 1] = channel;
          ReferenceArray.forEachIndex(
              window,
              w -> {
                if (place(op.window(), padding, op.channelAxis(), out, w, image, at)) {
                  System.arraycopy(w, 0, k, 0, rank);
                  for (int c = 0; c < inPerGroup; c++) {
                    k[rank] = c;
                    at[op.channelAxis()] = channel / outPerGroup * inPerGroup + c;
                    sum[0] += image.get(at) * kernel.get(k);
                  }
                }
              });
          return sum[0];
        });
  }

  private static ReferenceArray convTranspose(ConvTranspose op, Given given) {
    ReferenceArray image = given.x();
    ReferenceArray kernel = given.operand(1);
    ReferenceArray bias = given.optional(2);
    int rank = op.window().rank();
    int axis = op.channelAxis();
    ReferenceArray result =
        ReferenceArray.compute(given.type(), i -> bias == null ? 0 : bias.get(i[axis]));
    int[] window = intArray(op.window().size());
    ReferenceArray.forEachIndex(
        image.sizes(),
        in ->
            ReferenceArray.forEachIndex(
                window,
                w -> {
                  int[] at = in.clone();
                  for (int i = 0; i < rank; i++) {
                    int s = Window.spatialAxis(i, axis);
                    at[s] =
                        in[s] * op.window().strides().get(i)
                            + w[i] * op.window().dilations().get(i)
                            - op.window().padding().begin().get(i);
                    if (at[s] < 0 || at[s] >= result.size(s)) {
                      return;
                    }
                  }
                  int[] k = java.util.Arrays.copyOf(w, rank + 2);
                  k[rank + 1] = in[axis];
                  for (int c = 0; c < kernel.size(rank); c++) {
                    k[rank] = c;
                    at[axis] = c;
                    result.set(result.get(at) + image.get(in) * kernel.get(k), at);
                  }
                }));
    return result;
  }

  private static ReferenceArray pool(Pool op, Given given) {
    ReferenceArray image = given.x();
    int rank = op.window().rank();
    Padding padding = op.window().paddingFor(spatialSizes(image, rank, op.channelAxis()));
    int[] window = intArray(op.window().size());
    return ReferenceArray.compute(
        given.type(),
        out -> {
          int[] at = out.clone();
          List<Double> seen = new ArrayList<>();
          ReferenceArray.forEachIndex(
              window,
              w -> {
                if (place(op.window(), padding, op.channelAxis(), out, w, image, at)) {
                  seen.add(image.get(at));
                }
              });
          var numbers = seen.stream().mapToDouble(Double::doubleValue);
          return op.kind() == Pool.Kind.MAX
              ? numbers.max().orElse(Double.NEGATIVE_INFINITY)
              : numbers.average().orElse(Double.NaN);
        });
  }

  /** Where a window's element lies in the image; false if it lies in the padding. */
  private static boolean place(
      Window window,
      Padding padding,
      int channelAxis,
      int[] out,
      int[] element,
      ReferenceArray image,
      int[] at) {
    for (int i = 0; i < window.rank(); i++) {
      int axis = Window.spatialAxis(i, channelAxis);
      at[axis] =
          out[axis] * window.strides().get(i)
              + element[i] * window.dilations().get(i)
              - padding.begin().get(i);
      if (at[axis] < 0 || at[axis] >= image.size(axis)) {
        return false;
      }
    }
    return true;
  }

  /** One spatial axis after the other: interpolation is separable. */
  private static ReferenceArray resize(Resize op, Given given) {
    ReferenceArray result = given.x();
    for (int i = 0; i < op.spatialRank(); i++) {
      int axis = Window.spatialAxis(i, op.channelAxis());
      ReferenceArray from = result;
      var type = from.type();
      var dim = op.resized(i, type.shape().dim(axis));
      double step = (double) from.size(axis) / dim.size();
      result =
          ReferenceArray.compute(
              type.withShape(type.shape().withDim(axis, dim)),
              out -> interpolate(op.method(), from, out, axis, step));
    }
    return result;
  }

  private static double interpolate(
      Resize.Method method, ReferenceArray from, int[] out, int axis, double step) {
    int[] at = out.clone();
    if (method == Resize.Method.NEAREST) {
      at[axis] = (int) Math.floor((out[axis] + 0.5) * step);
      return from.get(at);
    }
    double centre = (out[axis] + 0.5) * step - 0.5;
    int low = (int) Math.floor(centre);
    int reach = method == Resize.Method.LINEAR ? 0 : 1;
    double sum = 0;
    double weights = 0;
    for (int i = low - reach; i <= low + 1 + reach; i++) {
      boolean outside = i < 0 || i >= from.size(axis);
      if (outside && method == Resize.Method.CUBIC) {
        continue;
      }
      double distance = Math.abs(centre - i);
      double weight = method == Resize.Method.LINEAR ? 1 - distance : keys(distance);
      at[axis] = Math.max(0, Math.min(from.size(axis) - 1, i));
      sum += weight * from.get(at);
      weights += weight;
    }
    return sum / weights;
  }

  /** Keys' cubic convolution kernel with a = -0.5. */
  private static double keys(double x) {
    double a = -0.5;
    if (x <= 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }

  private static List<Long> spatialSizes(ReferenceArray image, int rank, int channelAxis) {
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      sizes.add((long) image.size(Window.spatialAxis(i, channelAxis)));
    }
    return sizes;
  }

  private static int[] intArray(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
