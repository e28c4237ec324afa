package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CategoryOutput;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Indices of categories in the form that a layer gives them out. */
final class Categories {

  private Categories() {}

  /**
   * Indices (whole numbers) in some form; those outside the depth count nowhere.
   *
   * @param mode TF_IDF gives counts
   */
  static Value encode(
      LoweringContext context, Value indices, CategoryOutput mode, long depth, DataType dtype) {
    return encode(context, indices, mode, depth, dtype, null);
  }

  /**
   * Indices in some form.
   *
   * @param weights what each counts, of the shape of the indices, for COUNT; null for 1
   */
  static Value encode(
      LoweringContext context,
      Value indices,
      CategoryOutput mode,
      long depth,
      DataType dtype,
      @Nullable Value weights) {
    if (mode == CategoryOutput.INT) {
      return context.cast(indices, dtype);
    }
    int rank = indices.type().rank();
    Value each = indices;
    if (mode == CategoryOutput.ONE_HOT && CategoryOutput.isSingle(indices.type().shape())) {
      each = context.add("single", new Squeeze(List.of(rank - 1)), indices);
    }
    Value column = context.add("column", new Unsqueeze(List.of(each.type().rank())), each);
    long[] all = LongStream.range(0, depth).toArray();
    Tensor categories = Tensor.of(all, depth).cast(indices.type().dtype());
    Value range = context.constant("categories", WeightRef.of(categories));
    Value hits = context.binary(BinaryFunction.EQUAL, column, range);
    List<Integer> sample = List.of(mode.sampleAxis(rank));
    return switch (mode) {
      case INT, ONE_HOT -> context.cast(hits, dtype);
      case MULTI_HOT ->
          context.cast(
              context.add("any", new Reduce(Reduce.Function.ANY, sample, false), hits), dtype);
      case COUNT, TF_IDF ->
          context.add(
              "count",
              new Reduce(Reduce.Function.SUM, sample, false),
              weighted(context, context.cast(hits, dtype), weights));
    };
  }

  private static Value weighted(LoweringContext context, Value hits, @Nullable Value weights) {
    return weights == null
        ? hits
        : context.binary(
            BinaryFunction.MULTIPLY,
            hits,
            context.add("weights", new Unsqueeze(List.of(weights.type().rank())), weights));
  }
}
