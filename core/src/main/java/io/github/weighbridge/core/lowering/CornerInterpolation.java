package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.UpSampling;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Linear interpolation by whole factors from corner to corner, as {@code tf.image.resize_bilinear}
 * of TensorFlow 1 did: element {@code i} of the result is looked up at {@code i / factor}, the last
 * element of an axis goes on beyond it.
 */
final class CornerInterpolation {

  private final LoweringContext context;

  CornerInterpolation(LoweringContext context) {
    this.context = context;
  }

  /** An image, by the factors of a layer. */
  Value raised(Value x, UpSampling layer) {
    Value raised = x;
    int channels = layer.dataFormat().channelAxis(x.type().rank());
    for (int i = 0; i < layer.size().size(); i++) {
      raised = raised(raised, Window.spatialAxis(i, channels), layer.size().get(i));
    }
    return raised;
  }

  /** Each element, and what lies between it and the next, in an axis behind; then joined. */
  private Value raised(Value x, int axis, int factor) {
    if (factor == 1) {
      return x;
    }
    Value second = context.add("second", Slice.of(axis, 1, Slice.TO_END), x);
    Value last = context.add("last", Slice.of(axis, -1, Slice.TO_END), x);
    Value next = context.add("next", new Concat(axis), second, last);
    Value here = context.add("here", new Unsqueeze(List.of(axis + 1)), x);
    Value there = context.add("there", new Unsqueeze(List.of(axis + 1)), next);
    Value apart = context.binary(SUBTRACT, there, here);
    Value between = context.binary(MULTIPLY, apart, shares(x, axis, factor));
    Value all = context.binary(ADD, here, between);
    return context.add("raised", joined(x.type().shape(), axis, factor), all);
  }

  private Value shares(Value x, int axis, int factor) {
    float[] shares = new float[factor];
    for (int i = 0; i < factor; i++) {
      shares[i] = i / (float) factor;
    }
    long[] sizes = new long[x.type().rank() - axis];
    Arrays.fill(sizes, 1);
    sizes[0] = factor;
    return context.constant("shares", Tensor.of(shares, sizes).cast(x.type().dtype()));
  }

  private static Reshape joined(Shape shape, int axis, int factor) {
    List<DimSource> dims = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      Dim dim = shape.dim(i);
      if (i == axis) {
        dims.add(dim.isFixed() ? new DimSource.Fixed(dim.size() * factor) : new DimSource.Rest());
      } else {
        dims.add(DimSource.of(dim, 0, i < axis ? i : i + 1));
      }
    }
    return new Reshape(dims);
  }
}
