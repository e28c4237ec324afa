package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CategoryEncoding;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whole numbers as vectors: each compared with every number there is. */
final class CategoryVectors {

  private CategoryVectors() {}

  /**
   * The encoded numbers, in a type; those out of range have no 1.
   *
   * @param numbers int32
   * @param weights what each number counts, of the shape of the numbers; null for 1
   */
  static Value of(
      LoweringContext context,
      Value numbers,
      CategoryEncoding.Mode mode,
      int depth,
      DataType dtype,
      @Nullable Value weights) {
    int rank = numbers.type().rank();
    Value own =
        mode.replacesLast(numbers.type().shape())
            ? context.add("numbers", new Squeeze(List.of(rank - 1)), numbers)
            : numbers;
    WeightRef range = WeightRef.of(Tensor.of(IntStream.range(0, depth).toArray(), depth));
    Value vectors =
        context.cast(
            context.add(
                "is",
                new Binary(BinaryFunction.EQUAL),
                context.add("each", new Unsqueeze(List.of(own.type().rank())), own),
                context.constant("range", range)),
            dtype);
    if (mode == CategoryEncoding.Mode.ONE_HOT) {
      return vectors;
    }
    if (weights != null) {
      Value weight = context.add("weights", new Unsqueeze(List.of(rank)), weights);
      vectors = context.binary(BinaryFunction.MULTIPLY, vectors, weight);
    }
    Reduce.Function function =
        mode == CategoryEncoding.Mode.COUNT ? Reduce.Function.SUM : Reduce.Function.MAX;
    List<Integer> axis = List.of(CategoryEncoding.Mode.sampleAxis(rank));
    return context.add("sample", new Reduce(function, axis, false), vectors);
  }
}
