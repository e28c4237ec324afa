package io.github.weighbridge.reference;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Float8;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every operation means, computed in the most obvious way: direct loops in double precision.
 * Kernels and exporters are tested against it.
 */
public final class ReferenceEvaluator {

  private ReferenceEvaluator() {}

  /**
   * Runs a graph of operations.
   *
   * @param graph whose inputs are given in the order of {@link Graph#inputValues}
   * @param inputs of concrete shapes
   * @return in the order of {@link Graph#outputValues}
   */
  public static List<ReferenceArray> run(Graph graph, List<Tensor> inputs) {
    return evaluate(graph, inputs.stream().map(ReferenceArray::of).toList());
  }

  /** Runs a graph on arrays. */
  static List<ReferenceArray> evaluate(Graph graph, List<ReferenceArray> inputs) {
    Map<Value, ReferenceArray> values = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.put(graph.inputValues().get(i), inputs.get(i));
    }
    graph.constants().forEach((v, w) -> values.put(v, ReferenceArray.of(w.load())));
    for (Step step : graph.steps()) {
      List<@Nullable ReferenceArray> operands = new ArrayList<>();
      for (Value operand : step.operands()) {
        operands.add(operand == null ? null : Objects.requireNonNull(values.get(operand)));
      }
      List<ReferenceArray> results = apply(step.op(), operands);
      for (int i = 0; i < results.size(); i++) {
        values.put(step.outputs().get(i), results.get(i));
      }
    }
    return graph.outputValues().stream().map(v -> Objects.requireNonNull(values.get(v))).toList();
  }

  /** The results of one operation. */
  public static List<ReferenceArray> apply(Operation op, List<@Nullable ReferenceArray> operands) {
    List<@Nullable TensorType> types = new ArrayList<>();
    for (ReferenceArray operand : operands) {
      types.add(operand == null ? null : operand.type());
    }
    List<TensorType> outputs = op.outputTypes(types);
    if (op instanceof Recurrent recurrent) {
      return new ReferenceRecurrent(recurrent, operands, outputs).run();
    }
    if (op instanceof TopK topK) {
      return ReferenceReductions.topK(topK, Objects.requireNonNull(operands.get(0)));
    }
    if (op instanceof Scan scan) {
      return ReferenceScan.run(scan, operands, outputs);
    }
    return List.of(single(op, new Given(operands, outputs.get(0))));
  }

  /** What an operation of one output works on. */
  record Given(List<@Nullable ReferenceArray> operands, TensorType type) {

    ReferenceArray operand(int index) {
      return Objects.requireNonNull(operands.get(index));
    }

    @Nullable ReferenceArray optional(int index) {
      return index < operands.size() ? operands.get(index) : null;
    }

    ReferenceArray x() {
      return operand(0);
    }
  }

  private static ReferenceArray single(Operation op, Given given) {
    if (op instanceof Unary unary) {
      return ReferenceArray.compute(given.type(), i -> unary.apply(given.x().get(i)));
    }
    if (op instanceof Binary binary) {
      return binary(binary, given);
    }
    if (op instanceof Cast cast) {
      return ReferenceArray.compute(given.type(), i -> cast(cast.dtype(), given.x().get(i)));
    }
    if (op instanceof Where) {
      return ReferenceArray.compute(
          given.type(), i -> given.operand(given.x().broadcast(i) != 0 ? 1 : 2).broadcast(i));
    }
    if (op instanceof MatMul) {
      return matMul(given);
    }
    ReferenceArray array = ReferenceWindows.apply(op, given);
    if (array == null) {
      array = ReferenceReductions.apply(op, given);
    }
    if (array == null) {
      array = ReferenceShapes.apply(op, given);
    }
    if (array == null) {
      array = ReferenceIndices.apply(op, given);
    }
    return Objects.requireNonNull(array, () -> "no reference for " + op);
  }

  private static ReferenceArray binary(Binary op, Given given) {
    boolean whole = given.type().dtype().isInteger();
    return ReferenceArray.compute(
        given.type(),
        i -> {
          double result =
              op.function().apply(given.x().broadcast(i), given.operand(1).broadcast(i));
          return whole ? (double) (long) result : result;
        });
  }

  private static double cast(DataType dtype, double x) {
    return switch (dtype) {
      case BOOL -> x != 0 ? 1 : 0;
      // So few bits that results would not be near.
      case FLOAT8_E4M3FN -> Float8.roundE4m3fn(x);
      default -> dtype.isInteger() ? (double) (long) x : x;
    };
  }

  private static ReferenceArray matMul(Given given) {
    ReferenceArray a = given.x();
    ReferenceArray b = given.operand(1);
    int common = a.size(a.rank() - 1);
    return ReferenceArray.compute(
        given.type(),
        i -> {
          int[] left = i.clone();
          int[] right = i.clone();
          double sum = 0;
          for (int k = 0; k < common; k++) {
            left[i.length - 1] = k;
            right[i.length - 2] = k;
            sum += a.broadcast(left) * b.broadcast(right);
          }
          return sum;
        });
  }
}
