package io.github.weighbridge.reference;

import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.GatherND;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.ScatterND;
import io.github.weighbridge.reference.ReferenceEvaluator.Given;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The reference of what looks elements up by index, one by one or by tuples. */
final class ReferenceIndices {

  private ReferenceIndices() {}

  static @Nullable ReferenceArray apply(Operation op, Given given) {
    if (op instanceof GatherElements gather) {
      return ReferenceArray.compute(
          given.type(),
          i -> {
            int[] at = i.clone();
            at[gather.axis()] = (int) given.operand(1).get(i);
            return given.x().get(at);
          });
    }
    if (op instanceof GatherND gather) {
      return gather(gather, given);
    }
    if (op instanceof ScatterND scatter) {
      return scatter(scatter, given);
    }
    return null;
  }

  private static ReferenceArray gather(GatherND op, Given given) {
    ReferenceArray indices = given.operand(1);
    int outer = indices.rank() - 1;
    return ReferenceArray.compute(
        given.type(),
        i -> {
          int[] batch = Arrays.copyOf(i, op.batchDims());
          int[] tuple = tuple(indices, Arrays.copyOf(i, outer));
          return given.x().get(joined(batch, tuple, Arrays.copyOfRange(i, outer, i.length)));
        });
  }

  private static ReferenceArray scatter(ScatterND op, Given given) {
    ReferenceArray indices = given.operand(1);
    ReferenceArray updates = given.operand(2);
    int outer = indices.rank() - 1;
    ReferenceArray result = given.x().reshaped(given.type());
    ReferenceArray.forEachIndex(
        updates.sizes(),
        i -> {
          int[] tuple = tuple(indices, Arrays.copyOf(i, outer));
          int[] at = joined(tuple, Arrays.copyOfRange(i, outer, i.length));
          result.set(reduced(op.reduction(), result.get(at), updates.get(i)), at);
        });
    return result;
  }

  private static double reduced(ScatterND.Reduction reduction, double old, double update) {
    return switch (reduction) {
      case NONE -> update;
      case ADD -> old + update;
      case MULTIPLY -> old * update;
      case MAX -> Math.max(old, update);
      case MIN -> Math.min(old, update);
    };
  }

  private static int[] tuple(ReferenceArray indices, int... outer) {
    int[] tuple = new int[indices.size(outer.length)];
    int[] at = Arrays.copyOf(outer, outer.length + 1);
    for (int k = 0; k < tuple.length; k++) {
      at[outer.length] = k;
      tuple[k] = (int) indices.get(at);
    }
    return tuple;
  }

  private static int[] joined(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }
}
