package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.ArgReduce;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.CumProd;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.GatherND;
import io.github.weighbridge.core.op.LayerNormalization;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.op.ScatterND;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import java.util.Map;
import java.util.Optional;

/** Which kernel executes which operation. */
public final class Kernels {

  private static final Map<Class<? extends Operation>, Kernel<?>> KERNELS =
      Map.ofEntries(
          entry(ArgReduce.class, new ArgReduceKernel()),
          entry(ArgSort.class, new ArgSortKernel()),
          entry(BatchNormalization.class, new BatchNormalizationKernel()),
          entry(Binary.class, new BinaryKernel()),
          entry(Cast.class, new CastKernel()),
          entry(Concat.class, new ConcatKernel()),
          entry(
              Conv.class,
              new ChannelsLastKernel<>(
                  new ConvKernel(),
                  Conv::channelAxis,
                  (op, axis) -> new Conv(op.window(), op.groups(), axis))),
          entry(
              ConvTranspose.class,
              new ChannelsLastKernel<>(
                  new ConvTransposeKernel(),
                  ConvTranspose::channelAxis,
                  (op, axis) -> new ConvTranspose(op.window(), op.outputPadding(), axis))),
          entry(
              CumProd.class, new RunningKernel<>(CumProd::axis, (a, b) -> a * b, (a, b) -> a * b)),
          entry(CumSum.class, new RunningKernel<>(CumSum::axis, Long::sum, Double::sum)),
          entry(Expand.class, new ExpandKernel()),
          entry(Gather.class, new GatherKernel()),
          entry(GatherElements.class, new GatherElementsKernel()),
          entry(GatherND.class, new GatherNDKernel()),
          entry(LayerNormalization.class, new LayerNormalizationKernel()),
          entry(MatMul.class, new MatMulKernel()),
          entry(Pad.class, new PadKernel()),
          entry(
              Pool.class,
              new ChannelsLastKernel<>(
                  new PoolKernel(),
                  Pool::channelAxis,
                  (op, axis) -> new Pool(op.kind(), op.window(), axis))),
          entry(Recurrent.class, new RecurrentKernel()),
          entry(Reduce.class, new ReduceKernel()),
          entry(Reshape.class, new ViewKernel<>()),
          entry(
              Resize.class,
              new ChannelsLastKernel<>(
                  new ResizeKernel(),
                  Resize::channelAxis,
                  (op, axis) -> new Resize(op.method(), op.factors(), op.sizes(), axis))),
          entry(ScatterND.class, new ScatterNDKernel()),
          entry(Scan.class, new ScanKernel()),
          entry(Slice.class, new SliceKernel()),
          entry(Softmax.class, new SoftmaxKernel()),
          entry(Squeeze.class, new ViewKernel<>()),
          entry(TopK.class, new TopKKernel()),
          entry(Transpose.class, new TransposeKernel()),
          entry(Unary.class, new UnaryKernel()),
          entry(Unsqueeze.class, new ViewKernel<>()),
          entry(Where.class, new WhereKernel()));

  private Kernels() {}

  /** Pairs an operation with a kernel of that operation; what {@link #of} relies on. */
  private static <O extends Operation> Map.Entry<Class<? extends Operation>, Kernel<?>> entry(
      Class<O> operation, Kernel<O> kernel) {
    return Map.entry(operation, kernel);
  }

  /** The kernel of an operation's class, if there is one. */
  static Optional<Kernel<?>> find(Class<?> operation) {
    return Optional.ofNullable(KERNELS.get(operation));
  }

  /** The kernel of an operation. */
  @SuppressWarnings("unchecked") // entry() lets no other kernel in
  public static <O extends Operation> Kernel<O> of(O op) {
    return (Kernel<O>)
        find(op.getClass())
            .orElseThrow(() -> new IllegalStateException("no kernel for " + op.name()));
  }
}
