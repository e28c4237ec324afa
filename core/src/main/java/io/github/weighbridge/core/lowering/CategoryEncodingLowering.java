package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CategoryEncoding;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** Vectors of 0 and 1, or what each number counts. */
final class CategoryEncodingLowering implements Lowering<CategoryEncoding> {

  @Override
  public Lowered lower(CategoryEncoding layer, LoweringContext context) {
    List<Value> weights = context.values("count_weights", 1);
    if (!weights.isEmpty() && layer.outputMode() != CategoryEncoding.Mode.COUNT) {
      throw context.unsupported(
          "output_mode must be 'count' where count_weights are given",
          layer.outputMode().toString());
    }
    Value numbers = context.cast(context.rawInput(), DataType.INT32);
    DataType dtype = layer.resultType(context.computeType(), context.variableType());
    Value weight = weights.isEmpty() ? null : context.cast(weights.get(0), dtype);
    return Lowered.of(
        CategoryVectors.of(context, numbers, layer.outputMode(), layer.numTokens(), dtype, weight));
  }
}
