package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.HashedCrossing;
import io.github.weighbridge.core.op.FeatureCross;
import io.github.weighbridge.core.tensor.DataType;

/** {@code FeatureCross}. */
final class HashedCrossingLowering implements Lowering<HashedCrossing> {

  @Override
  public Lowered lower(HashedCrossing layer, LoweringContext context) {
    Value[] features =
        context.inputs().stream()
            .map(
                x -> {
                  DataType dtype = x.type().dtype();
                  if (dtype != DataType.STRING && !dtype.isInteger()) {
                    throw context.unsupported(
                        "the inputs must be text or whole numbers", x.type().toString());
                  }
                  return dtype == DataType.STRING ? x : context.cast(x, DataType.INT64);
                })
            .toArray(Value[]::new);
    Value bins = context.add("cross", new FeatureCross(layer.numBins()), features);
    return Lowered.of(
        Categories.encode(
            context, bins, layer.outputMode(), layer.numBins(), context.computeType()));
  }
}
