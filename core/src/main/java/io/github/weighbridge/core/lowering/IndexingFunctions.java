package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Functions that take elements by their places, or look for them. */
final class IndexingFunctions {

  private IndexingFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("GetItem(x, key)", ItemAccess::of);
    table.add("IsIn(x1, x2, assume_unique=False, invert=False)", IndexingFunctions::isIn);
    table.addAll("UnravelIndex(indices, shape)", IndexingFunctions::unravelIndex);
  }

  private static Value isIn(FunctionCall call) {
    List<Value> operands = call.converted("x1", "x2");
    int rank = operands.get(0).type().rank();
    Value each = call.add("each", new Unsqueeze(List.of(rank)), operands.get(0));
    Value set = call.add("set", new Reshape(List.of(new DimSource.Rest())), operands.get(1));
    Value equal = call.binary(BinaryFunction.EQUAL, each, set);
    Value found = call.add("found", new Reduce(Reduce.Function.ANY, List.of(rank), false), equal);
    return call.flag("invert") ? call.unary(UnaryFunction.LOGICAL_NOT, found) : found;
  }

  /** The places along each axis of what stands so far behind the first element, row by row. */
  private static List<Value> unravelIndex(FunctionCall call) {
    Value rest = call.tensor("indices");
    List<Integer> sizes = new ArrayList<>(call.wholes("shape"));
    // TensorFlow's back end of Keras 3.15 takes the sizes from the other end but for vectors.
    if (rest.type().rank() == 1) {
      Collections.reverse(sizes);
    }
    List<Value> places = new ArrayList<>();
    for (int size : sizes) {
      places.add(0, call.binary(BinaryFunction.MODULO, rest, size));
      rest = call.binary(BinaryFunction.FLOOR_DIVIDE, rest, size);
    }
    return places;
  }
}
