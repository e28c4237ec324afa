package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Convolutions whose kernel is an operand; each vocabulary reads its window in its own words. */
final class KernelFunctions {

  private KernelFunctions() {}

  /** The spatial sizes of a kernel {@code [k..., in, out]}. */
  static List<Integer> size(Value kernel) {
    Shape sizes = kernel.type().shape();
    Rules.require(sizes.isFixed(), "the kernel's sizes must be known, it is " + kernel.type());
    return Arrays.stream(sizes.slice(0, sizes.rank() - 2).sizes())
        .mapToObj(Math::toIntExact)
        .toList();
  }

  /** A kernel {@code [k..., in / groups, out]} over an image; its channels say how many groups. */
  static Value convolution(OperationScope scope, Window window, int axis, Value x, Value kernel) {
    long channels = scope.knownSize(x, axis);
    long own = scope.knownSize(kernel, kernel.type().rank() - 2);
    Rules.require(
        own > 0 && channels % own == 0,
        channels + " channels cannot be split for a kernel of " + own);
    return scope.add("conv", new Conv(window, Math.toIntExact(channels / own), axis), x, kernel);
  }

  /** A kernel {@code [k..., in, multiplier]}, each channel by itself. */
  static Value depthwise(OperationScope scope, Window window, int axis, Value x, Value kernel) {
    long[] sizes = kernel.type().shape().sizes();
    List<DimSource> grouped =
        Arrays.stream(DepthwiseConvolutionLowering.grouped(sizes))
            .<DimSource>mapToObj(DimSource.Fixed::new)
            .toList();
    Value groups = scope.add("kernel", new Reshape(grouped), kernel);
    Conv conv = new Conv(window, Math.toIntExact(sizes[sizes.length - 2]), axis);
    return scope.add("depthwise", conv, x, groups);
  }

  /** A kernel {@code [1..., in, out]}, which mixes the channels of each place. */
  static Value pointwise(OperationScope scope, int axis, Value x, Value kernel) {
    int rank = x.type().rank() - 2;
    List<Integer> ones = Collections.nCopies(rank, 1);
    Conv conv = new Conv(Window.of(ones, ones, Padding.none(rank)), 1, axis);
    return scope.add("pointwise", conv, x, kernel);
  }
}
