package io.github.weighbridge.reference;

import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Scan} step by step. */
final class ReferenceScan {

  private ReferenceScan() {}

  static List<ReferenceArray> run(
      Scan op, List<@Nullable ReferenceArray> operands, List<TensorType> outputs) {
    List<ReferenceArray> inputs = new ArrayList<>();
    operands.forEach(operand -> inputs.add(Objects.requireNonNull(operand)));
    List<ReferenceArray> sequences = List.copyOf(inputs.subList(op.states(), inputs.size()));
    List<ReferenceArray> all = new ArrayList<>();
    outputs.subList(op.states(), outputs.size()).forEach(t -> all.add(ReferenceArray.zeros(t)));
    int steps = sequences.get(0).size(1);
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < op.sequences(); i++) {
        inputs.set(op.states() + i, stepOf(sequences.get(i), step));
      }
      List<ReferenceArray> results = ReferenceEvaluator.evaluate(op.body(), inputs);
      for (int i = 0; i < op.states(); i++) {
        inputs.set(i, results.get(i));
      }
      for (int i = 0; i < all.size(); i++) {
        put(all.get(i), step, results.get(op.states() + i));
      }
    }
    List<ReferenceArray> made = new ArrayList<>(inputs.subList(0, op.states()));
    made.addAll(all);
    return made;
  }

  private static ReferenceArray stepOf(ReferenceArray sequence, int step) {
    return ReferenceArray.compute(
        Scan.stepOf(sequence.type()), index -> sequence.get(withStep(index, step)));
  }

  private static void put(ReferenceArray sequence, int step, ReferenceArray value) {
    ReferenceArray.forEachIndex(
        value.sizes(), index -> sequence.set(value.get(index), withStep(index, step)));
  }

  /** The index of an element of a step in the whole sequence: time is axis 1. */
  private static int[] withStep(int[] index, int step) {
    int[] whole = new int[index.length + 1];
    whole[0] = index[0];
    whole[1] = step;
    System.arraycopy(index, 1, whole, 2, index.length - 1);
    return whole;
  }
}
