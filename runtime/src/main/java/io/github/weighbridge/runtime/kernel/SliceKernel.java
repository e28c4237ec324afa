package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;

/** Slices by copying; ND4J's strided_slice returns nothing for negative steps. */
final class SliceKernel implements Kernel<Slice> {

  @Override
  public boolean isView(Slice op, StepTypes types) {
    return types.input(0).shape().equals(types.output().shape())
        && op.steps().stream().allMatch(s -> s > 0);
  }

  @Override
  public Task prepare(Slice op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    int[][] indices = AxisCopy.whole(z);
    for (int cut = 0; cut < op.axes().size(); cut++) {
      int axis = op.axes().get(cut);
      indices[axis] =
          AxisCopy.sequence(
              op.first(cut, x.size(axis)), op.steps().get(cut), Math.toIntExact(z.size(axis)));
    }
    return AxisCopy.gathering(x, z, indices);
  }
}
