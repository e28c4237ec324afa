package io.github.weighbridge.reference;

import io.github.weighbridge.core.op.ArgReduce;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.CumProd;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.LayerNormalization;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.reference.ReferenceEvaluator.Given;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The reference of what looks along axes: reductions, norms, softmax, sorting, running sums. */
final class ReferenceReductions {

  private ReferenceReductions() {}

  static @Nullable ReferenceArray apply(Operation op, Given given) {
    if (op instanceof Reduce reduce) {
      return reduce(reduce, given);
    }
    if (op instanceof Softmax softmax) {
      return softmax(softmax, given);
    }
    if (op instanceof CumSum cumSum) {
      return ReferenceArray.compute(
          given.type(),
          i ->
              IntStream.rangeClosed(0, i[cumSum.axis()])
                  .mapToDouble(line(given.x(), i, cumSum.axis()))
                  .sum());
    }
    if (op instanceof CumProd cumProd) {
      return ReferenceArray.compute(
          given.type(),
          i ->
              IntStream.rangeClosed(0, i[cumProd.axis()])
                  .mapToDouble(line(given.x(), i, cumProd.axis()))
                  .reduce(1, (a, b) -> a * b));
    }
    if (op instanceof ArgSort argSort) {
      return argSort(argSort, given);
    }
    if (op instanceof ArgReduce argReduce) {
      ReferenceArray first =
          topK(new TopK(argReduce.axis(), 1, argReduce.largest()), given.x()).get(1);
      return first.reshaped(given.type());
    }
    if (op instanceof BatchNormalization norm) {
      return ReferenceArray.compute(
          given.type(),
          i -> {
            int c = i[norm.axis()];
            double deviation = Math.sqrt(given.operand(4).get(c) + norm.epsilon());
            double normal = (given.x().get(i) - given.operand(3).get(c)) / deviation;
            return given.operand(1).get(c) * normal + given.operand(2).get(c);
          });
    }
    if (op instanceof LayerNormalization norm) {
      return layerNormalization(norm, given);
    }
    return null;
  }

  /** The elements of one line of an array, as a function of the position along the axis. */
  private static IntToDoubleFunction line(ReferenceArray x, int[] index, int axis) {
    int[] at = index.clone();
    return k -> {
      at[axis] = k;
      return x.get(at);
    };
  }

  private static ReferenceArray reduce(Reduce op, Given given) {
    ReferenceArray x = given.x();
    int[] inner = op.axes().stream().mapToInt(x::size).toArray();
    return ReferenceArray.compute(
        given.type(),
        out -> {
          int[] at = new int[x.rank()];
          int next = 0;
          for (int axis = 0; axis < x.rank(); axis++) {
            if (!op.axes().contains(axis)) {
              at[axis] = out[op.keepDims() ? axis : next++];
            }
          }
          List<Double> elements = new ArrayList<>();
          ReferenceArray.forEachIndex(
              inner,
              k -> {
                for (int i = 0; i < k.length; i++) {
                  at[op.axes().get(i)] = k[i];
                }
                elements.add(x.get(at));
              });
          return fold(op.function(), elements.stream().mapToDouble(Double::doubleValue));
        });
  }

  private static double fold(Reduce.Function function, DoubleStream elements) {
    return switch (function) {
      case SUM -> elements.sum();
      case MEAN -> elements.average().orElse(Double.NaN);
      case MAX -> elements.max().orElse(Double.NEGATIVE_INFINITY);
      case MIN -> elements.min().orElse(Double.POSITIVE_INFINITY);
      case PRODUCT -> elements.reduce(1, (a, b) -> a * b);
      case ANY -> elements.anyMatch(e -> e != 0) ? 1 : 0;
      case ALL -> elements.allMatch(e -> e != 0) ? 1 : 0;
    };
  }

  private static ReferenceArray softmax(Softmax op, Given given) {
    int size = given.x().size(op.axis());
    return ReferenceArray.compute(
        given.type(),
        i -> {
          double[] all =
              IntStream.range(0, size).mapToDouble(line(given.x(), i, op.axis())).toArray();
          double max = Arrays.stream(all).max().orElse(0);
          double sum = Arrays.stream(all).map(e -> Math.exp(e - max)).sum();
          double logarithm = given.x().get(i) - max - Math.log(sum);
          return op.log() ? logarithm : Math.exp(logarithm);
        });
  }

  /** The first elements of the sorted lines, and their indices. */
  static List<ReferenceArray> topK(TopK op, ReferenceArray x) {
    List<TensorType> types = op.outputTypes(List.<@Nullable TensorType>of(x.type()));
    TensorType sorted = x.type().withDtype(DataType.INT64);
    ReferenceArray order =
        argSort(new ArgSort(op.axis(), op.largest()), new Given(List.of(x), sorted));
    ReferenceArray indices = ReferenceArray.compute(types.get(1), order::get);
    ReferenceArray values =
        ReferenceArray.compute(
            types.get(0), i -> line(x, i, op.axis()).applyAsDouble((int) order.get(i)));
    return List.of(values, indices);
  }

  private static ReferenceArray argSort(ArgSort op, Given given) {
    int size = given.x().size(op.axis());
    return ReferenceArray.compute(
        given.type(),
        i -> {
          IntToDoubleFunction line = line(given.x(), i, op.axis());
          // Zero added: both zeros are equal.
          Comparator<Integer> order = Comparator.comparingDouble(k -> line.applyAsDouble(k) + 0.0);
          return IntStream.range(0, size)
              .boxed()
              .sorted(op.descending() ? order.reversed() : order)
              .toList()
              .get(i[op.axis()]);
        });
  }

  private static ReferenceArray layerNormalization(LayerNormalization op, Given given) {
    ReferenceArray x = given.x();
    ReferenceArray beta = given.optional(2);
    int[] inner = Arrays.copyOfRange(x.sizes(), op.axis(), x.rank());
    return ReferenceArray.compute(
        given.type(),
        i -> {
          int[] at = i.clone();
          List<Double> elements = new ArrayList<>();
          ReferenceArray.forEachIndex(
              inner,
              k -> {
                System.arraycopy(k, 0, at, op.axis(), k.length);
                elements.add(x.get(at));
              });
          double mean = elements.stream().mapToDouble(e -> e).average().orElse(0);
          double variance =
              elements.stream().mapToDouble(e -> (e - mean) * (e - mean)).average().orElse(0);
          double normal = (x.get(i) - mean) / Math.sqrt(variance + op.epsilon());
          return given.operand(1).broadcast(i) * normal + (beta == null ? 0 : beta.broadcast(i));
        });
  }
}
