package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets a kernel that knows only channels-last images work on channels-first ones, between two
 * transpositions. The layout pass leaves none of them; this keeps graphs right that did not pass
 * it.
 */
final class ChannelsLastKernel<O extends Operation> implements Kernel<O> {

  /** Makes the same operation with another channel axis. */
  @FunctionalInterface
  interface Mover<O> {
    O withChannelAxis(O op, int axis);
  }

  private final Kernel<O> kernel;
  private final ToIntFunction<O> channelAxis;
  private final Mover<O> mover;

  ChannelsLastKernel(Kernel<O> kernel, ToIntFunction<O> channelAxis, Mover<O> mover) {
    this.kernel = kernel;
    this.channelAxis = channelAxis;
    this.mover = mover;
  }

  private boolean isLast(O op, int rank) {
    return channelAxis.applyAsInt(op) == rank - 1;
  }

  private O moved(O op, int rank) {
    return mover.withChannelAxis(op, rank - 1);
  }

  @Override
  public List<TensorType> scratch(O op, StepTypes types) {
    int rank = types.input(0).rank();
    if (isLast(op, rank)) {
      return kernel.scratch(op, types);
    }
    TensorType image = channelsLast(types.input(0));
    TensorType out = channelsLast(types.output());
    List<@Nullable TensorType> inputs = new ArrayList<>(types.inputs());
    inputs.set(0, image);
    List<TensorType> scratch = new ArrayList<>(List.of(image, out));
    scratch.addAll(kernel.scratch(moved(op, rank), new StepTypes(inputs, List.of(out))));
    return scratch;
  }

  private static TensorType channelsLast(TensorType type) {
    return type.withShape(Shape.of(type.shape().transposed(toLast(type.rank())).sizes()));
  }

  private static int[] toLast(int rank) {
    int[] perm = new int[rank];
    for (int i = 1; i < rank - 1; i++) {
      perm[i] = i + 1;
    }
    perm[rank - 1] = 1;
    return perm;
  }

  private static int[] toFirst(int rank) {
    int[] perm = new int[rank];
    perm[1] = rank - 1;
    for (int i = 2; i < rank; i++) {
      perm[i] = i - 1;
    }
    return perm;
  }

  @Override
  public Task prepare(O op, StepArrays arrays) {
    int rank = arrays.input(0).rank();
    if (isLast(op, rank)) {
      return kernel.prepare(op, arrays);
    }
    NativeArray image = arrays.scratch(0);
    NativeArray out = arrays.scratch(1);
    List<@Nullable NativeArray> inputs = new ArrayList<>(arrays.inputs());
    inputs.set(0, image);
    List<NativeArray> scratch = arrays.scratch().subList(2, arrays.scratch().size());
    return Task.sequence(
        AxisCopy.transposing(arrays.input(0), image, toLast(rank)),
        kernel.prepare(
            moved(op, rank),
            new StepArrays(arrays.name(), inputs, List.of(out), scratch, arrays.bodies())),
        AxisCopy.transposing(out, arrays.output(), toFirst(rank)));
  }
}
