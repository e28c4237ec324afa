package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeCall;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions of channels-last images by ND4J's conv2d, conv3dnew and depthwise_conv2d. A
 * one-dimensional one is two-dimensional of height 1 (conv1d fails when dilated), a window of one
 * element is a product of matrices (10 % faster), dilated ones keep away from oneDNN (it refuses
 * them), and groups that are not single channels are computed one after the other.
 */
final class ConvKernel implements Kernel<Conv> {

  @Override
  public List<TensorType> scratch(Conv op, StepTypes types) {
    SpatialWindow window = window(op, types.sizes(0));
    List<TensorType> scratch = new ArrayList<>();
    long[] image = SpatialWindow.liftedSizes(types.sizes(0), 1);
    if (window.needsPadding()) {
      image = window.paddedSizes(image);
      scratch.add(types.input(0).withShape(Shape.of(image)));
    }
    if (op.groups() > 1 && !isDepthwise(op, window, image)) {
      long[] kernel = SpatialWindow.liftedSizes(types.sizes(1), 0);
      long[] out = SpatialWindow.liftedSizes(types.output().shape().sizes(), 1);
      for (long[] sizes : List.of(image, kernel, out)) {
        long[] part = sizes.clone();
        boolean isKernel = sizes == kernel;
        part[part.length - 1] /= op.groups();
        scratch.add(types.input(isKernel ? 1 : 0).withShape(Shape.of(part)));
      }
    }
    return scratch;
  }

  private static SpatialWindow window(Conv op, long... image) {
    return SpatialWindow.of(op.window(), image).lifted();
  }

  private static boolean isDepthwise(Conv op, SpatialWindow window, long... image) {
    return op.groups() == image[image.length - 1] && window.rank() == 2;
  }

  @Override
  public Task prepare(Conv op, StepArrays arrays) {
    SpatialWindow window = window(op, arrays.input(0).sizes());
    NativeArray image = lifted(arrays.input(0), 1);
    NativeArray kernel = lifted(arrays.input(1), 0);
    NativeArray out = lifted(arrays.output(), 1);
    NativeArray bias = arrays.inputOrNull(2);
    List<NativeArray> scratch = new ArrayList<>(arrays.scratch());
    List<Task> tasks = new ArrayList<>();
    if (window.needsPadding()) {
      NativeArray padded = scratch.remove(0);
      tasks.add(Fill.zeros(padded));
      tasks.add(AxisCopy.into(image, padded, window.imageOffset()));
      image = padded;
      window = window.onPadded();
    }
    if (op.groups() == 1) {
      tasks.add(convolution(window, image, kernel, bias, out));
    } else if (isDepthwise(op, window, image.sizes())) {
      tasks.add(depthwise(window, image, kernel, bias, out));
    } else {
      tasks.addAll(grouped(op.groups(), window, List.of(image, kernel, out), scratch));
      tasks.add(BinaryKernel.addBias(out, bias));
    }
    return Task.sequence(tasks.toArray(Task[]::new));
  }

  private static NativeArray lifted(NativeArray array, int at) {
    return array.reshaped(SpatialWindow.liftedSizes(array.sizes(), at));
  }

  private static Task convolution(
      SpatialWindow window,
      NativeArray image,
      NativeArray kernel,
      @Nullable NativeArray bias,
      NativeArray out) {
    if (out.count() == 0) {
      return () -> {};
    }
    if (window.isPoint()
        && !window.hasStrides()
        && image.count() / channels(image) == out.count() / channels(out)) {
      NativeArray matrix = kernel.reshaped(channels(image), channels(out));
      return Task.sequence(
          MatMulKernel.product(image, matrix, out), BinaryKernel.addBias(out, bias));
    }
    NativeCall.Builder call =
        NativeCall.of(window.rank() == 2 ? "conv2d" : "conv3dnew").input(image).input(kernel);
    if (bias != null) {
      call.input(bias);
    }
    return call.output(out)
        .integers(window.arguments(1, 0))
        .withoutOneDnnIf(window.isDilated())
        .build();
  }

  private static long channels(NativeArray image) {
    return image.size(image.rank() - 1);
  }

  /**
   * Each channel by itself; in memory {@code [k, k, 1, channels m]} is {@code [k, k, channels, m]}.
   */
  private static Task depthwise(
      SpatialWindow window,
      NativeArray image,
      NativeArray kernel,
      @Nullable NativeArray bias,
      NativeArray out) {
    if (out.count() == 0) {
      return () -> {};
    }
    long multiplier = channels(out) / channels(image);
    NativeCall.Builder call =
        NativeCall.of("depthwise_conv2d")
            .input(image)
            .input(kernel.reshaped(kernel.size(0), kernel.size(1), channels(image), multiplier));
    if (bias != null) {
      call.input(bias);
    }
    return call.output(out)
        .integers(window.arguments(1, 0))
        .withoutOneDnnIf(window.isDilated())
        .build();
  }

  private static List<Task> grouped(
      int groups, SpatialWindow window, List<NativeArray> whole, List<NativeArray> parts) {
    NativeArray image = parts.get(0);
    NativeArray kernel = parts.get(1);
    NativeArray out = parts.get(2);
    Task convolution = convolution(window, image, kernel, null, out);
    List<Task> tasks = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      tasks.add(channelsOf(whole.get(0), group, image));
      tasks.add(channelsOf(whole.get(1), group, kernel));
      tasks.add(convolution);
      long[] begin = new long[out.rank()];
      begin[out.rank() - 1] = group * channels(out);
      tasks.add(AxisCopy.into(out, whole.get(2), begin));
    }
    return tasks;
  }

  private static Task channelsOf(NativeArray whole, int group, NativeArray part) {
    int[][] indices = AxisCopy.whole(part);
    int width = (int) channels(part);
    indices[indices.length - 1] = IntStream.range(group * width, (group + 1) * width).toArray();
    return AxisCopy.gathering(whole, part, indices);
  }
}
