package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeCall;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Transposed convolutions of channels-last images by ND4J's deconv2d and deconv3d. Those cut the
 * same off both ends; where the operation does not, or adds elements, the whole result is computed
 * and the wanted part copied.
 */
final class ConvTransposeKernel implements Kernel<ConvTranspose> {

  @Override
  public List<TensorType> scratch(ConvTranspose op, StepTypes types) {
    return isDirect(op)
        ? List.of()
        : List.of(types.input(0).withShape(Shape.of(wholeSizes(op, types))));
  }

  private static boolean isDirect(ConvTranspose op) {
    Padding cut = op.window().padding();
    return cut.begin().equals(cut.end()) && op.outputPadding().stream().allMatch(p -> p == 0);
  }

  /** The shape of the result with nothing cut off. */
  private static long[] wholeSizes(ConvTranspose op, StepTypes types) {
    long[] sizes = types.output().shape().sizes();
    for (int i = 0; i < op.window().rank(); i++) {
      long places = types.sizes(0)[i + 1] - 1;
      sizes[i + 1] = places * op.window().strides().get(i) + op.window().extent(i);
    }
    return sizes;
  }

  @Override
  public Task prepare(ConvTranspose op, StepArrays arrays) {
    NativeArray image = arrays.input(0);
    NativeArray kernel = arrays.input(1);
    NativeArray out = arrays.output();
    if (out.count() == 0) {
      return () -> {};
    }
    List<Task> tasks = new ArrayList<>();
    if (isDirect(op)) {
      tasks.add(call(op.window(), image, kernel, out));
    } else {
      NativeArray whole = arrays.scratch(0);
      tasks.add(call(uncut(op.window()), image, kernel, whole));
      tasks.addAll(wantedPart(op, whole, out));
    }
    tasks.add(BinaryKernel.addBias(out, arrays.inputOrNull(2)));
    return Task.sequence(tasks.toArray(Task[]::new));
  }

  private static Window uncut(Window window) {
    return new Window(
        window.size(), window.strides(), window.dilations(), Padding.none(window.rank()));
  }

  private static NativeCall call(
      Window window, NativeArray image, NativeArray kernel, NativeArray out) {
    SpatialWindow lifted =
        new SpatialWindow(window, Collections.nCopies(window.rank(), 0L)).lifted();
    return NativeCall.of(lifted.rank() == 2 ? "deconv2d" : "deconv3d")
        .input(image.reshaped(SpatialWindow.liftedSizes(image.sizes(), 1)))
        .input(kernel.reshaped(SpatialWindow.liftedSizes(kernel.sizes(), 0)))
        .output(out.reshaped(SpatialWindow.liftedSizes(out.sizes(), 1)))
        .integers(lifted.arguments(false, 1, 0))
        .withoutOneDnnIf(lifted.isDilated())
        .build();
  }

  private static List<Task> wantedPart(ConvTranspose op, NativeArray whole, NativeArray out) {
    int[][] indices = AxisCopy.whole(whole);
    boolean covered = true;
    for (int i = 0; i < op.window().rank(); i++) {
      long begin = op.window().padding().begin().get(i);
      long wanted = out.size(i + 1);
      long there = Math.max(0, Math.min(wanted, whole.size(i + 1) - begin));
      covered &= there == wanted;
      indices[i + 1] = AxisCopy.sequence(begin, 1, Math.toIntExact(there));
    }
    Task copy = AxisCopy.gathering(whole, out, indices);
    return covered ? List.of(copy) : List.of(Fill.zeros(out), copy);
  }
}
