package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeCall;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.Arrays;

/**
 * Pooling of channels-last images: by ND4J for float32 and the padding that it knows, in Java for
 * the rest (other types, uneven padding, dilation). A mean counts no padding.
 */
final class PoolKernel implements Kernel<Pool> {

  private static final long EXCLUDE_PADDING = 0;
  private static final long CHANNELS_LAST = 1;

  @Override
  public Task prepare(Pool op, StepArrays arrays) {
    NativeArray image = arrays.input(0);
    NativeArray out = arrays.output();
    SpatialWindow window = SpatialWindow.of(op.window(), image.sizes()).lifted();
    NativeArray liftedImage = image.reshaped(SpatialWindow.liftedSizes(image.sizes(), 1));
    NativeArray liftedOut = out.reshaped(SpatialWindow.liftedSizes(out.sizes(), 1));
    if (out.count() == 0) {
      return () -> {};
    }
    if (image.dtype() != DataType.FLOAT32 || window.needsPadding() || window.isDilated()) {
      return new Direct(op.kind(), window, liftedImage, liftedOut);
    }
    String kind = op.kind() == Pool.Kind.MAX ? "maxpool" : "avgpool";
    return NativeCall.of(kind + (window.rank() == 2 ? "2d" : "3dnew"))
        .input(liftedImage)
        .output(liftedOut)
        .integers(window.arguments(EXCLUDE_PADDING, CHANNELS_LAST))
        .build();
  }

  /** Window by window, in double precision. */
  private static final class Direct implements Task {

    private final Pool.Kind kind;
    private final SpatialWindow window;
    private final NativeArray image;
    private final NativeArray out;
    private final int[] imageStrides;
    private final int[] outStrides;
    private final double[] channels;
    private int seen;

    Direct(Pool.Kind kind, SpatialWindow window, NativeArray image, NativeArray out) {
      this.kind = kind;
      this.window = window;
      this.image = image;
      this.out = out;
      this.imageStrides = AxisCopy.strides(image);
      this.outStrides = AxisCopy.strides(out);
      this.channels = new double[Math.toIntExact(image.size(image.rank() - 1))];
    }

    @Override
    public void run() {
      long[] place = new long[window.rank()];
      for (int batch = 0; batch < image.size(0); batch++) {
        visit(0, place, batch * imageStrides[0], batch * outStrides[0]);
      }
    }

    /** Goes through the places of the window along the axes from one on. */
    private void visit(int axis, long[] place, int imageAt, int outAt) {
      if (axis < window.rank()) {
        for (int i = 0; i < out.size(axis + 1); i++) {
          place[axis] = i;
          visit(axis + 1, place, imageAt, outAt + i * outStrides[axis + 1]);
        }
        return;
      }
      Arrays.fill(channels, kind == Pool.Kind.MAX ? Double.NEGATIVE_INFINITY : 0);
      seen = 0;
      collect(0, place, imageAt);
      for (int c = 0; c < channels.length; c++) {
        out.putDouble(outAt + c, kind == Pool.Kind.MAX ? channels[c] : channels[c] / seen);
      }
    }

    /** Takes in what lies under the window, from an axis on. */
    private void collect(int axis, long[] place, int at) {
      if (axis < window.rank()) {
        for (int k = 0; k < window.window().size().get(axis); k++) {
          long index =
              place[axis] * window.window().strides().get(axis)
                  + (long) k * window.window().dilations().get(axis)
                  - window.window().padding().begin().get(axis);
          if (index >= 0 && index < image.size(axis + 1)) {
            collect(axis + 1, place, at + (int) index * imageStrides[axis + 1]);
          }
        }
        return;
      }
      seen++;
      for (int c = 0; c < channels.length; c++) {
        double value = image.getDouble(at + c);
        channels[c] = kind == Pool.Kind.MAX ? Math.max(channels[c], value) : channels[c] + value;
      }
    }
  }
}
