package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CategoryEncoding;
import io.github.weighbridge.core.layer.Discretization;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/** How many boundaries an element does not lie below; NaN lies below none. */
final class DiscretizationLowering implements Lowering<Discretization> {

  @Override
  public Lowered lower(Discretization layer, LoweringContext context) {
    Value raw = context.rawInput();
    Value x = raw.type().dtype() == DataType.FLOAT64 ? raw : context.cast(raw, DataType.FLOAT32);
    double[] boundaries = layer.binBoundaries().stream().mapToDouble(b -> b).toArray();
    // TensorFlow holds boundaries in single precision.
    Tensor single = Tensor.of(boundaries, boundaries.length).cast(DataType.FLOAT32);
    Value each = context.add("each", new Unsqueeze(List.of(x.type().rank())), x);
    Value below =
        context.binary(
            BinaryFunction.LESS,
            each,
            context.constant("boundaries", WeightRef.of(single.cast(x.type().dtype()))));
    Value passed = context.cast(context.unary(UnaryFunction.LOGICAL_NOT, below), DataType.INT32);
    Reduce sum = new Reduce(Reduce.Function.SUM, List.of(x.type().rank()), false);
    Value bins = context.add("bin", sum, passed);
    return Lowered.of(
        layer.outputMode() == CategoryEncoding.Mode.INT
            ? context.cast(bins, layer.wholeType(context.computeType()))
            : CategoryVectors.of(
                context, bins, layer.outputMode(), layer.bins(), context.computeType(), null));
  }
}
