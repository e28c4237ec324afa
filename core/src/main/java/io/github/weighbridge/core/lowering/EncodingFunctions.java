package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Functions that write numbers of classes as vectors of zeros and ones. */
final class EncodingFunctions {

  private EncodingFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "MultiHot(inputs, num_classes, axis=-1, dtype=None, sparse=False)",
        EncodingFunctions::multiHot);
    table.add(
        "OneHot(x, num_classes, axis=-1, dtype=None, sparse=False)",
        call -> call.cast(isClass(call, call.tensor("x")), dtype(call)));
  }

  /** Sparse ones hold the same numbers. */
  private static DataType dtype(FunctionCall call) {
    return call.dtype("dtype").orElse(DataType.FLOAT32);
  }

  /** Whether the number is that of the class, with an axis more for the classes. */
  private static Value isClass(FunctionCall call, Value numbers) {
    return isClass(call, numbers, call.whole("axis"), call.whole("num_classes"));
  }

  /** Whether the number is that of the class, with an axis more for so many classes. */
  static Value isClass(OperationScope call, Value numbers, int place, long count) {
    int rank = numbers.type().rank();
    int axis = Rules.axis(place, rank + 1);
    long[] sizes = new long[rank - axis + 1];
    Arrays.fill(sizes, 1);
    sizes[0] = count;
    Tensor classes = Tensor.of(LongStream.range(0, count).toArray(), sizes);
    Value wide =
        call.add("numbers", new Unsqueeze(List.of(axis)), call.cast(numbers, DataType.INT64));
    return call.binary(BinaryFunction.EQUAL, wide, call.constant("classes", classes));
  }

  /** Together along the axis after the batch. */
  private static Value multiHot(FunctionCall call) {
    Value numbers = call.tensor("inputs");
    int together = numbers.type().rank() > 1 ? 1 : 0;
    Reduce any = new Reduce(Reduce.Function.ANY, List.of(together), false);
    return call.cast(call.add("any", any, isClass(call, numbers)), dtype(call));
  }
}
