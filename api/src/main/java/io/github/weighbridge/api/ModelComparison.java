package io.github.weighbridge.api;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.lowering.LoweringOptions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.lowering.PartialGraph;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.pass.ChannelOrder;
import io.github.weighbridge.core.pass.Passes;
import io.github.weighbridge.core.tensor.DataType;
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
  private final Map<Pair, Boolean> met = new HashMap<>();
  private final Map<Value, Set<Value>> counterparts = new LinkedHashMap<>();
  private final List<Parting> partings = new ArrayList<>();

  /** How many operations of other kinds the walk has come through; what it meets then differs. */
  private int astray;

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
    boolean opaque = hasOpaque(a) || hasOpaque(b);
    return opaque ? compareKnown(a, b) : compareWhole(a, b);
  }

  private static ModelDiff compareWhole(Model a, Model b) {
    ModelComparison comparison = new ModelComparison(graph(a), graph(b));
    comparison.walk(comparison.a, comparison.b);
    return new ModelDiff(
        comparison.partings.isEmpty(),
        sameConfig(a, b),
        comparison.weightDiffs(),
        comparison.partings,
        List.of());
  }

  /** What has operations by these, the rest by its layers. */
  private static ModelDiff compareKnown(Model a, Model b) {
    PartialGraph partA = ModelLowering.partial(a);
    PartialGraph partB = ModelLowering.partial(b);
    ModelComparison comparison =
        new ModelComparison(canonical(partA.graph()), canonical(partB.graph()));
    comparison.walk(comparison.a, comparison.b);
    OpaqueComparison opaque = new OpaqueComparison(a, b);
    opaque.compare(partA, partB);
    List<Parting> partings = new ArrayList<>(comparison.partings);
    partings.addAll(opaque.partings());
    List<WeightDiff> weights = new ArrayList<>(comparison.weightDiffs());
    weights.addAll(opaque.weights());
    return new ModelDiff(partings.isEmpty(), sameConfig(a, b), weights, partings, opaque.layers());
  }

  private static boolean hasOpaque(Model model) {
    return model.layers().stream().anyMatch(layer -> layer.layer() instanceof OpaqueLayer);
  }

  private static Graph graph(Model model) {
    return canonical(ModelLowering.lower(model, LoweringOptions.DEFAULTS));
  }

  private static Graph shared(Model model) {
    return Passes.shared(ModelLowering.lower(model, LoweringOptions.DEFAULTS), ChannelOrder.LAST);
  }

  /** Constants of more elements are weights, which are not compared when operations are. */
  private static final long MAX_COMPARED = 1 << 16;

  /**
   * Whether two models compute the same: by the same operations, with the same numbers where these
   * are few. What is read back from the same weights need not be compared with them.
   */
  static boolean computeTheSame(Model a, Model b) {
    ModelComparison comparison = new ModelComparison(shared(a), shared(b));
    comparison.walk(comparison.a, comparison.b);
    return comparison.partings.isEmpty()
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
            || WeightDistance.between(own, its).max() == 0);
  }

  /** Canonical, with weights as the files have them: nothing is folded into them. */
  private static Graph canonical(Graph graph) {
    return Passes.canonical(graph, ChannelOrder.LAST);
  }

  private static boolean sameConfig(Model a, Model b) {
    return configs(a).equals(configs(b));
  }

  private static List<Layer> configs(Model model) {
    return model.layers().stream()
        .map(LayerInstance::layer)
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

  /** Whether two graphs, or bodies of loops, compute the same. */
  private boolean walk(Graph left, Graph right) {
    List<Value> outputsA = left.outputValues();
    List<Value> outputsB = right.outputValues();
    boolean same = true;
    for (int i = 0; i < Math.min(outputsA.size(), outputsB.size()); i++) {
      same &= pair(outputsA.get(i), outputsB.get(i));
    }
    int inputsA = left.inputValues().size();
    int inputsB = right.inputValues().size();
    if (inputsA != inputsB || outputsA.size() != outputsB.size()) {
      partings.add(new Parting(ends(inputsA, outputsA.size()), ends(inputsB, outputsB.size())));
      return false;
    }
    return same;
  }

  private static String ends(int inputs, int outputs) {
    return inputs + " inputs, " + outputs + " outputs";
  }

  /** Whether two values are computed in the same way. */
  private boolean pair(Value left, Value right) {
    if (a.constants().containsKey(left) && b.constants().containsKey(right)) {
      // What does not belong together is found by name.
      if (astray == 0) {
        counterparts.computeIfAbsent(left, unused -> new LinkedHashSet<>()).add(right);
      }
      return true;
    }
    Pair pair = new Pair(left, right);
    Boolean known = met.get(pair);
    if (known == null) {
      known = isSame(left, right);
      met.put(pair, known);
    }
    return known;
  }

  private boolean isSame(Value left, Value right) {
    Step stepA = makersA.get(left);
    Step stepB = makersB.get(right);
    boolean own;
    boolean before = true;
    if (stepA == null || stepB == null) {
      own = stepA == null && stepB == null && sameInput(left, right);
    } else {
      own =
          sameOp(stepA.op(), stepB.op())
              && stepA.outputs().indexOf(left) == stepB.outputs().indexOf(right)
              && stepA.operands().size() == stepB.operands().size();
      // Before operations of other kinds stands what does not belong together.
      astray += stepA.op().getClass() == stepB.op().getClass() ? 0 : 1;
      for (int i = 0; i < Math.min(stepA.operands().size(), stepB.operands().size()); i++) {
        Value operandA = stepA.operandOrNull(i);
        Value operandB = stepB.operandOrNull(i);
        if (operandA != null && operandB != null) {
          before &= pair(operandA, operandB);
        } else {
          own &= operandA == null && operandB == null;
        }
      }
      if (stepA.op() instanceof Scan scanA && stepB.op() instanceof Scan scanB) {
        before &= walk(scanA.body(), scanB.body());
      }
      astray -= stepA.op().getClass() == stepB.op().getClass() ? 0 : 1;
    }
    if (!own && astray == 0) {
      partings.add(new Parting(told(left, stepA), told(right, stepB)));
    }
    return own && before;
  }

  private static String told(Value value, @Nullable Step step) {
    if (step == null) {
      return value.toString();
    }
    // What is in a loop is told by itself.
    return step.name() + ": " + (step.op() instanceof Scan ? "Scan" : step.op().toString());
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
    return WeightDiff.between(
        left == null ? null : left.name(),
        left == null ? null : a.constants().get(left),
        right == null ? null : right.name(),
        right == null ? null : b.constants().get(right));
  }
}
