package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import io.github.weighbridge.formats.onnx.OnnxDataType;
import io.github.weighbridge.formats.onnx.OnnxGraph;
import io.github.weighbridge.formats.onnx.OnnxNode;
import io.github.weighbridge.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One export under way: what translators ask about values and where they put their nodes.
 *
 * <p>Nodes get provisional names for their outputs; {@link #bind} gives a value's own name to the
 * node output that computes it, so that the file speaks the model's language.
 */
final class OnnxContext {

  private static final String ML_DOMAIN = "ai.onnx.ml";

  /** The first whose LabelEncoder takes any labels; part of every opset that is written. */
  private static final int ML_OPSET = 2;

  private final Graph graph;
  private final int opset;
  private int neededOpset;
  private final Problems problems;
  private final OnnxNames names = new OnnxNames();
  private final OnnxConstants constants = new OnnxConstants(names);
  private final Map<Value, List<Step>> consumers = new HashMap<>();
  private final Map<Value, String> ownNames = new HashMap<>();
  private final Set<Value> outputs;

  /** Values of a body that stand for values around it. */
  private final Map<Value, Value> seen = new HashMap<>();

  private final Map<Value, String> current = new HashMap<>();
  private final Map<String, String> renames = new HashMap<>();
  private final Set<String> named = new HashSet<>();
  private final Map<List<Object>, String> dimensions = new HashMap<>();
  private final Set<Step> done = new HashSet<>();
  private final Map<String, Integer> otherOpsets = new HashMap<>();
  private List<OnnxNode> nodes = new ArrayList<>();

  OnnxContext(Graph graph, int opset, Problems problems) {
    this.graph = graph;
    this.opset = opset;
    this.problems = problems;
    this.outputs = new HashSet<>(graph.outputValues());
    // The borders first: what the user addresses keeps its name, whatever stands between.
    graph.inputValues().forEach(this::reserve);
    graph.outputValues().forEach(this::reserve);
    graph.constants().keySet().forEach(this::reserve);
    reserve(graph.steps());
    for (Value input : graph.inputValues()) {
      String name = ownName(input);
      named.add(name);
      current.put(input, cast(input.name(), name, input.type().dtype(), dtype(input)));
    }
  }

  private void reserve(List<Step> steps) {
    for (Step step : steps) {
      step.outputs().forEach(this::reserve);
      step.inputs().forEach(v -> consumers.computeIfAbsent(v, k -> new ArrayList<>()).add(step));
    }
  }

  private void reserve(Value value) {
    ownNames.computeIfAbsent(value, v -> names.unique(v.name()));
  }

  // What translators ask.

  int opset() {
    return opset;
  }

  /** The name by which the operand of a step is known now. */
  String in(Step step, int index) {
    return name(step.operand(index));
  }

  /** The name of an operand that may be left out: then empty, as ONNX writes it. */
  String inOrNone(Step step, int index) {
    Value value = step.operandOrNull(index);
    return value == null ? "" : name(value);
  }

  /** The name by which a value is known now; a constant becomes an initializer by this. */
  String name(Value value) {
    Value outside = seen.get(value);
    if (outside != null) {
      return name(outside);
    }
    String known = current.get(value);
    if (known == null) {
      WeightRef weight =
          constantOf(value)
              .orElseThrow(() -> new IllegalStateException("nothing computes " + value));
      known = constants.put(ownName(value), weight);
      current.put(value, known);
    }
    return known;
  }

  /** The constant behind a value, if it is one, in the type that the file has it. */
  Optional<WeightRef> constantOf(Value value) {
    Value outside = seen.getOrDefault(value, value);
    return Optional.ofNullable(graph.constants().get(outside)).map(w -> w.cast(dtype(value)));
  }

  /** The element type that a value has inside the file. */
  DataType dtype(Value value) {
    return OnnxPrecision.inside(value.type().dtype());
  }

  Shape shape(Value value) {
    return value.type().shape();
  }

  /** Whether anybody still wants this value. */
  boolean isUsed(Value value) {
    return outputs.contains(value) || !done.containsAll(consumers.getOrDefault(value, List.of()));
  }

  /** The one step that uses a value, if it is used once and not given out. */
  Optional<Step> soleConsumer(Value value) {
    List<Step> all = consumers.getOrDefault(value, List.of());
    return all.size() == 1 && !outputs.contains(value) ? Optional.of(all.get(0)) : Optional.empty();
  }

  /** Says that a later step is translated already, together with this one. */
  void markDone(Step step) {
    done.add(step);
  }

  boolean isDone(Step step) {
    return done.contains(step);
  }

  // Constants.

  OnnxConstants constants() {
    return constants;
  }

  /** A vector of int64. */
  String ints(long... values) {
    return constants.ints(values);
  }

  /** A vector of int64. */
  String ints(List<? extends Number> values) {
    return constants.ints(values.stream().mapToLong(Number::longValue).toArray());
  }

  /** A number without axes. */
  String scalar(DataType dtype, double value) {
    return constants.scalar(dtype, value);
  }

  // Nodes.

  /** Adds a node of one output; returns that output's name for now. */
  String node(
      Step step, String opType, List<String> inputs, Map<String, OnnxAttribute> attributes) {
    return nodes(step, opType, inputs, attributes, true).get(0);
  }

  String node(Step step, String opType, String... inputs) {
    return node(step, opType, List.of(inputs), Map.of());
  }

  /** Adds a node; outputs that are not wanted have no name. */
  List<String> nodes(
      Step step,
      String opType,
      List<String> inputs,
      Map<String, OnnxAttribute> attributes,
      boolean... wanted) {
    return nodes(step.name(), opType, inputs, attributes, wanted);
  }

  /** Adds a node of the operators for classical models; returns its output's name for now. */
  String mlNode(Step step, String opType, String x, Map<String, OnnxAttribute> attributes) {
    String result = names.unique(step.name() + "/" + opType);
    otherOpsets.put(ML_DOMAIN, ML_OPSET);
    nodes.add(new OnnxNode("", opType, ML_DOMAIN, List.of(x), List.of(result), attributes));
    return result;
  }

  /** The revisions of the operators of other domains that were used, by domain. */
  Map<String, Integer> otherOpsets() {
    return otherOpsets;
  }

  private List<String> nodes(
      String place,
      String opType,
      List<String> inputs,
      Map<String, OnnxAttribute> attributes,
      boolean... wanted) {
    List<String> results = new ArrayList<>();
    for (boolean output : wanted) {
      results.add(output ? names.unique(place + "/" + opType) : "");
    }
    nodes.add(new OnnxNode("", opType, "", withoutTrailingNones(inputs), results, attributes));
    return results;
  }

  /** Optional inputs at the end are left out by saying nothing. */
  private static List<String> withoutTrailingNones(List<String> inputs) {
    int count = inputs.size();
    while (count > 0 && inputs.get(count - 1).isEmpty()) {
      count--;
    }
    return inputs.subList(0, count);
  }

  /** Adds a node whose output is the step's. */
  void result(
      Step step, String opType, List<String> inputs, Map<String, OnnxAttribute> attributes) {
    bind(step.output(), node(step, opType, inputs, attributes));
  }

  /** The same numbers in another type. */
  String cast(Step step, String x, DataType from, DataType to) {
    return cast(step.name(), x, from, to);
  }

  private String cast(String place, String x, DataType from, DataType to) {
    Map<String, OnnxAttribute> attributes = Map.of("to", OnnxAttribute.of(OnnxDataType.code(to)));
    return from == to ? x : nodes(place, "Cast", List.of(x), attributes, true).get(0);
  }

  /** A value with its axes in another order: lazily where it is a constant. */
  String transposed(Step step, Value value, int... perm) {
    Optional<WeightRef> constant = constantOf(value);
    if (constant.isPresent()) {
      return constants.derived(
          List.of(value, "transposed", Arrays.toString(perm)),
          value.name() + "/transposed",
          () -> constant.get().transposed(perm));
    }
    return transposed(step, name(value), perm);
  }

  /** An array with its axes in another order. */
  String transposed(Step step, String x, int... perm) {
    long[] order = Arrays.stream(perm).asLongStream().toArray();
    return node(step, "Transpose", List.of(x), Map.of("perm", OnnxAttribute.ofInts(order)));
  }

  /** The size of an axis as a vector of one int64: a constant where it is known. */
  String dimension(Step step, Value value, int axis) {
    if (shape(value).dim(axis).isFixed()) {
      return ints(shape(value).dim(axis).size());
    }
    List<Object> key = List.of(value, axis);
    String known = dimensions.get(key);
    if (known == null) {
      String shape =
          dimensions.computeIfAbsent(List.of(value), k -> node(step, "Shape", name(value)));
      known = node(step, "Gather", shape, ints(axis));
      dimensions.put(key, known);
    }
    return known;
  }

  /**
   * Makes the values of a loop's body known.
   *
   * @param given how many inputs the body has of its own; those behind stand for {@code outside}
   */
  void enter(Graph body, List<@Nullable Value> outside, int given) {
    List<Value> inputs = body.inputValues();
    for (int i = 0; i < inputs.size(); i++) {
      if (i < given) {
        current.put(inputs.get(i), names.unique(inputs.get(i).name()));
      } else {
        seen.put(inputs.get(i), Objects.requireNonNull(outside.get(i - given)));
      }
    }
    reserve(body.steps());
    outputs.addAll(body.outputValues());
  }

  /** The nodes that {@code adding} adds, kept apart for the body of a loop. */
  List<OnnxNode> body(Runnable adding) {
    List<OnnxNode> outer = nodes;
    nodes = new ArrayList<>();
    try {
      adding.run();
      return nodes;
    } finally {
      nodes = outer;
    }
  }

  /** A new name, for the values of a loop's body. */
  String newName(String wanted) {
    return names.unique(wanted);
  }

  // Results.

  /** Says which node output, input or constant a value is. */
  void bind(Value value, String result) {
    current.put(value, result);
    boolean castAtBorder = outputs.contains(value) && dtype(value) != value.type().dtype();
    if (!castAtBorder && !constants.contains(result) && named.add(result)) {
      renames.put(result, ownName(value));
    }
  }

  /** After an unsupported step: its outputs get names all the same, so that the rest is checked. */
  void bindUnsupported(Step step) {
    for (Value output : step.outputs()) {
      if (!current.containsKey(output) && isUsed(output)) {
        if (!problems.hasErrors()) {
          throw new IllegalStateException(step + " was not translated");
        }
        current.put(output, ownName(output));
      }
    }
  }

  /**
   * The graph's outputs under their own names. One that is an input, a constant or another output
   * as well gets a node of its own, because a name is given once.
   */
  List<OnnxValueInfo> bindOutputs() {
    List<OnnxValueInfo> infos = new ArrayList<>();
    Set<Value> seen = new HashSet<>(graph.inputValues());
    seen.addAll(graph.constants().keySet());
    for (Value value : graph.outputValues()) {
      String wanted = seen.add(value) ? ownName(value) : names.unique(value.name());
      String result = name(value);
      if (dtype(value) != value.type().dtype()) {
        result = cast(wanted, result, dtype(value), value.type().dtype());
        renames.put(result, wanted);
      } else if (!finalName(result).equals(wanted)) {
        result = nodes(wanted, "Identity", List.of(result), Map.of(), true).get(0);
        renames.put(result, wanted);
      }
      infos.add(new OnnxValueInfo(wanted, value.type()));
    }
    return infos;
  }

  /** Every node, each value under its last name, each node named after its first output. */
  List<OnnxNode> finishedNodes() {
    return nodes.stream().map(this::finished).toList();
  }

  private OnnxNode finished(OnnxNode node) {
    Map<String, OnnxAttribute> attributes = new HashMap<>(node.attributes());
    attributes.replaceAll(
        (key, value) ->
            value instanceof OnnxAttribute.Body body
                ? new OnnxAttribute.Body(finished(body.graph()))
                : value);
    List<String> results = node.outputs().stream().map(this::finalName).toList();
    String name = results.stream().filter(r -> !r.isEmpty()).findFirst().orElse("");
    return new OnnxNode(
        name,
        node.opType(),
        node.domain(),
        node.inputs().stream().map(this::finalName).toList(),
        results,
        attributes);
  }

  private OnnxGraph finished(OnnxGraph body) {
    return new OnnxGraph(
        body.name(),
        body.inputs(),
        body.initializers(),
        body.nodes().stream().map(this::finished).toList(),
        body.outputs());
  }

  private String finalName(String name) {
    return renames.getOrDefault(name, name);
  }

  /** Tells that a step, or what it is set to, has no form in ONNX. */
  void unsupported(Step step, String rule, String found, String advice) {
    problems.error(
        ProblemCode.OPERATION_UNSUPPORTED,
        Place.UNKNOWN.withLayer(step.name(), step.op().name()),
        rule,
        found,
        advice);
  }

  /** Tells that a step needs a later opset, unless the file has it. */
  void requireOpset(int since, Step step, String rule, String found) {
    neededOpset = Math.max(neededOpset, since);
    if (opset < since) {
      unsupported(
          step,
          rule + " before opset " + since,
          found + "opset " + opset,
          "export with opset " + since + " or later");
    }
  }

  /** The first opset that has everything, of what {@link #requireOpset} was asked. */
  int neededOpset() {
    return neededOpset;
  }

  /** The name that a value has in the file. */
  String ownName(Value value) {
    return Objects.requireNonNull(ownNames.get(value));
  }
}
