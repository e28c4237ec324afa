package io.github.weighbridge.api;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.lowering.LoweringOptions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.pass.ChannelOrder;
import io.github.weighbridge.core.pass.Passes;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks two graphs of operations from their outputs to their inputs, both by the same operands:
 * they compute the same when they never part. The constants that are met at the same place are each
 * other's counterparts.
 */
final class ModelComparison {

  private final Graph a;
  private final Graph b;
  private final Map<Value, Step> makersA;
  private final Map<Value, Step> makersB;
  private final Map<Value, Integer> placesA;
  private final Map<Value, Integer> placesB;
  private final Set<Pair> met = new HashSet<>();
  private final Map<Value, Set<Value>> counterparts = new LinkedHashMap<>();
  private boolean same = true;

  /**
   * A value of one graph and one of the other that stand at the same place. A value may be in
   * several pairs: one model computes twice what the other computes once.
   */
  private record Pair(Value left, Value right) {}

  private ModelComparison(Graph a, Graph b) {
    this.a = a;
    this.b = b;
    this.makersA = makers(a);
    this.makersB = makers(b);
    this.placesA = places(a);
    this.placesB = places(b);
  }

  static ModelDiff compare(Model a, Model b) {
    ModelComparison comparison = new ModelComparison(graph(a), graph(b));
    comparison.walk(comparison.a, comparison.b);
    return new ModelDiff(comparison.same, sameConfig(a, b), comparison.weightDiffs());
  }

  /** Constants of more elements are weights, which are not compared when operations are. */
  private static final long MAX_COMPARED = 1 << 16;

  /**
   * Whether two models compute the same: by the same operations, with the same numbers where these
   * are few. What is read back from the same weights need not be compared with them.
   */
  static boolean computeTheSame(Model a, Model b) {
    ModelComparison comparison = new ModelComparison(graph(a), graph(b));
    comparison.walk(comparison.a, comparison.b);
    return comparison.same
        && comparison.counterparts.entrySet().stream()
            .allMatch(
                pair ->
                    pair.getValue().stream()
                        .allMatch(right -> comparison.hasSameFew(pair.getKey(), right)));
  }

  private boolean hasSameFew(Value left, Value right) {
    WeightRef own = Objects.requireNonNull(a.constants().get(left));
    WeightRef its = Objects.requireNonNull(b.constants().get(right));
    return own.type().equals(its.type())
        && (own.dtype() == DataType.STRING
            || own.count() > MAX_COMPARED
            || distance(own, its)[0] == 0);
  }

  /** Canonical, with weights as the files have them: nothing is folded into them. */
  private static Graph graph(Model model) {
    return Passes.canonical(
        ModelLowering.lower(model, LoweringOptions.DEFAULTS), ChannelOrder.LAST);
  }

  private static boolean sameConfig(Model a, Model b) {
    return configs(a).equals(configs(b));
  }

  private static List<Layer> configs(Model model) {
    return model.layers().stream()
        .map(layer -> layer.layer())
        .filter(layer -> !(layer instanceof Network))
        .toList();
  }

  private static Map<Value, Step> makers(Graph graph) {
    Map<Value, Step> makers = new HashMap<>();
    for (Step step : graph.steps()) {
      step.outputs().forEach(value -> makers.put(value, step));
      if (step.op() instanceof Scan scan) {
        makers.putAll(makers(scan.body()));
      }
    }
    return makers;
  }

  /** The places of the inputs, in a graph or in the body of one of its loops. */
  private static Map<Value, Integer> places(Graph graph) {
    Map<Value, Integer> places = new HashMap<>();
    for (Value input : graph.inputValues()) {
      places.put(input, places.size());
    }
    for (Step step : graph.steps()) {
      if (step.op() instanceof Scan scan) {
        places.putAll(places(scan.body()));
      }
    }
    return places;
  }

  private void walk(Graph a, Graph b) {
    List<Value> outputsA = a.outputValues();
    List<Value> outputsB = b.outputValues();
    same &= outputsA.size() == outputsB.size() && a.inputValues().size() == b.inputValues().size();
    for (int i = 0; i < Math.min(outputsA.size(), outputsB.size()); i++) {
      pair(outputsA.get(i), outputsB.get(i));
    }
  }

  private void pair(Value left, Value right) {
    if (!met.add(new Pair(left, right))) {
      return;
    }
    if (a.constants().containsKey(left) && b.constants().containsKey(right)) {
      counterparts.computeIfAbsent(left, unused -> new LinkedHashSet<>()).add(right);
      return;
    }
    Step stepA = makersA.get(left);
    Step stepB = makersB.get(right);
    if (stepA == null || stepB == null) {
      same &= stepA == null && stepB == null && sameInput(left, right);
      return;
    }
    same &=
        sameOp(stepA.op(), stepB.op())
            && stepA.outputs().indexOf(left) == stepB.outputs().indexOf(right)
            && stepA.operands().size() == stepB.operands().size();
    if (stepA.op() instanceof Scan scanA && stepB.op() instanceof Scan scanB) {
      walk(scanA.body(), scanB.body());
    }
    for (int i = 0; i < Math.min(stepA.operands().size(), stepB.operands().size()); i++) {
      Value operandA = stepA.operandOrNull(i);
      Value operandB = stepB.operandOrNull(i);
      if (operandA != null && operandB != null) {
        pair(operandA, operandB);
      } else {
        same &= operandA == null && operandB == null;
      }
    }
  }

  /** Keras 2 states numbers as the float32 that it computes with: 0.30000001192092896 for 0.3. */
  private static boolean sameOp(Operation left, Operation right) {
    if (left instanceof Scan x && right instanceof Scan y) {
      return x.states() == y.states() && x.sequences() == y.sequences();
    }
    return (left instanceof Unary x && right instanceof Unary y)
        ? x.function() == y.function()
            && (float) x.alpha() == (float) y.alpha()
            && (float) x.beta() == (float) y.beta()
        : left.equals(right);
  }

  private boolean sameInput(Value left, Value right) {
    return Objects.equals(placesA.get(left), placesB.get(right))
        && left.type().dtype() == right.type().dtype()
        && sizes(left).equals(sizes(right));
  }

  /** The sizes of a value, -1 for those that are open: their names do not count. */
  private static List<Long> sizes(Value value) {
    return value.type().shape().dims().stream()
        .map(dim -> dim.isFixed() ? dim.size() : -1)
        .toList();
  }

  /** Pairs by place; what is left over by name; what is left then has no counterpart. */
  private List<WeightDiff> weightDiffs() {
    Map<String, Value> leftB = new LinkedHashMap<>();
    Set<Value> paired = new HashSet<>();
    counterparts.values().forEach(paired::addAll);
    b.constants().keySet().stream()
        .filter(v -> !paired.contains(v))
        .forEach(v -> leftB.put(v.name(), v));
    List<WeightDiff> diffs = new ArrayList<>();
    for (Map.Entry<Value, WeightRef> entry : a.constants().entrySet()) {
      Value left = entry.getKey();
      Set<Value> rights = counterparts.get(left);
      if (rights == null) {
        diffs.add(diff(left, leftB.remove(left.name())));
      } else {
        rights.forEach(right -> diffs.add(diff(left, right)));
      }
    }
    leftB.values().forEach(v -> diffs.add(diff(null, v)));
    return diffs;
  }

  private WeightDiff diff(@Nullable Value left, @Nullable Value right) {
    WeightRef weightA = left == null ? null : a.constants().get(left);
    WeightRef weightB = right == null ? null : b.constants().get(right);
    String nameA = left == null ? null : left.name();
    String nameB = right == null ? null : right.name();
    double[] distance = distance(weightA, weightB);
    return new WeightDiff(
        nameA != null ? nameA : Objects.requireNonNull(nameB),
        nameA,
        nameB,
        weightA == null ? null : weightA.type().shape(),
        weightB == null ? null : weightB.type().shape(),
        distance[0],
        distance[1]);
  }

  /** The largest and the mean difference of two weights. */
  private static double[] distance(@Nullable WeightRef a, @Nullable WeightRef b) {
    if (a == null || b == null || !a.type().shape().equals(b.type().shape())) {
      return new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    }
    Tensor x = a.load();
    Tensor y = b.load();
    double max = 0;
    double sum = 0;
    for (int i = 0; i < x.count(); i++) {
      double left = x.getDouble(i);
      double right = y.getDouble(i);
      // Equal infinities differ by nothing, and so do two NaN.
      double difference = Double.compare(left, right) == 0 ? 0 : Math.abs(left - right);
      max = difference > max || Double.isNaN(difference) ? difference : max;
      sum += difference;
      if (Double.isNaN(difference)) {
        return new double[] {Double.NaN, Double.NaN};
      }
    }
    return new double[] {max, x.count() == 0 ? 0 : sum / x.count()};
  }
}
