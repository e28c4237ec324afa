package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.KerasFunction;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.lowering.KerasFunctions;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.TypeInference;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A call of a function that other calls take the place of: its arguments by name, and where those
 * calls go.
 */
final class ComposedCall {

  /**
   * A call in its place.
   *
   * @param label what its layer is named after
   */
  record Step(String label, Layer layer, Arguments arguments, List<Value> outputs) {}

  /** An instance of no table: functions have none but their own configuration. */
  private static final LayerId NONE = new LayerId(-1);

  private final TypeInference inference;
  private final List<Value> before;
  private final Map<String, Argument> arguments;
  private final List<TensorType> results;
  private final List<Step> steps = new ArrayList<>();

  /**
   * A call.
   *
   * @param before what the network computes before it
   * @param arguments by the names of the function's parameters
   * @param results the types of what it returns
   */
  ComposedCall(
      TypeInference inference,
      List<Value> before,
      Map<String, Argument> arguments,
      List<TensorType> results) {
    this.inference = inference;
    this.before = Collections.unmodifiableList(before);
    this.arguments = arguments;
    this.results = List.copyOf(results);
  }

  // What is called.

  /** What the network computes before the call. */
  List<Value> before() {
    return before;
  }

  /** The types of what the call returns. */
  List<TensorType> results() {
    return results;
  }

  /** The type of what the call returns. */
  TensorType result() {
    return results.get(0);
  }

  /** An argument: a tensor or a literal. */
  Argument arg(String name) {
    Argument argument = arguments.get(name);
    if (argument == null) {
      throw new IllegalStateException("the function has no parameter " + name);
    }
    return argument;
  }

  /** Whether the function has a parameter. */
  boolean has(String name) {
    return arguments.containsKey(name);
  }

  boolean isNone(String name) {
    return arg(name).isNone();
  }

  /** Whether an argument has a tensor in it. */
  boolean isComputed(String name) {
    return !arg(name).values().isEmpty();
  }

  /** What is written into the model. */
  Tree literal(String name) {
    if (arg(name) instanceof Argument.Literal literal) {
      return numbers(literal.value());
    }
    throw new Inexpressible("must have '" + name + "' written into the model", "a tensor");
  }

  private static Tree numbers(Tree tree) {
    return tree instanceof Tree.Obj object && object.has("config")
        ? object.object("config").flatMap(config -> config.get("value")).orElse(tree)
        : tree;
  }

  boolean flag(String name) {
    return literal(name).asBoolean().orElse(false);
  }

  String text(String name) {
    return literal(name).asText().orElse("");
  }

  double number(String name) {
    return literal(name).asDouble().orElseThrow(() -> wrong(name));
  }

  int whole(String name) {
    return Math.toIntExact(literal(name).asLong().orElseThrow(() -> wrong(name)));
  }

  /** Whole numbers, or the only one. */
  List<Integer> wholes(String name) {
    Tree own = literal(name);
    List<Integer> numbers = new ArrayList<>();
    for (Tree item : own.isArray() ? own.items() : List.of(own)) {
      numbers.add(Math.toIntExact(item.asLong().orElseThrow(() -> wrong(name))));
    }
    return numbers;
  }

  /** As {@link #wholes}, none where the argument is none. */
  List<Integer> wholesOrNone(String name) {
    return isNone(name) ? List.of() : wholes(name);
  }

  private Inexpressible wrong(String name) {
    return new Inexpressible("must have a number for '" + name + "'", literal(name).toString());
  }

  // Tensors.

  /** The type of a tensor. */
  TensorType type(Argument tensor) {
    return value(tensor).type();
  }

  /** The type of an argument that must be a tensor. */
  TensorType type(String name) {
    return type(arg(name));
  }

  int rank(Argument tensor) {
    return type(tensor).rank();
  }

  Shape shape(Argument tensor) {
    return type(tensor).shape();
  }

  /** The size of an axis, which must be known. */
  long size(Argument tensor, int axis) {
    Dim dim = shape(tensor).dim(axis);
    if (!dim.isFixed()) {
      throw new Inexpressible(
          "must have an axis " + axis + " of known size", type(tensor).toString());
    }
    return dim.size();
  }

  /** The size of an axis of a result, which must be known. */
  long resultSize(int result, int axis) {
    Dim dim = results.get(result).shape().dim(axis);
    if (!dim.isFixed()) {
      throw new Inexpressible("must give sizes that are known", results.get(result).toString());
    }
    return dim.size();
  }

  /** The sizes of a tensor, which must be known, or of a constant. */
  List<Long> sizes(Argument argument) {
    if (argument instanceof Argument.Literal literal) {
      List<Long> sizes = new ArrayList<>();
      for (Tree inner = numbers(literal.value()); inner.isArray(); inner = inner.items().get(0)) {
        sizes.add((long) inner.items().size());
      }
      return sizes;
    }
    return IntStream.range(0, rank(argument)).mapToObj(axis -> size(argument, axis)).toList();
  }

  /** The value of a tensor. */
  Value value(Argument tensor) {
    if (tensor instanceof Argument.Of of) {
      return of.value();
    }
    throw new Inexpressible("must be called with tensors that the model computes", "a constant");
  }

  // Calls.

  /** A call of a function with these arguments by position. */
  Argument add(String function, Argument... operands) {
    return add(function, List.of(operands));
  }

  /**
   * A call of a function.
   *
   * @param options further arguments: each one's name before its value
   */
  Argument add(String function, List<Argument> operands, Object... options) {
    return addAll(function, operands, options).get(0);
  }

  /** As {@link #add}, of a function of several results. */
  List<Argument> addAll(String function, List<Argument> operands, Object... options) {
    KerasFunction own = function(function);
    Map<String, Argument> named = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      named.put((String) options[i], argument(options[i + 1]));
    }
    List<Argument> arrays = operands.stream().map(operand -> array(operand, operands)).toList();
    Arguments all = new Arguments(arrays, named);
    if (all.values().isEmpty()) {
      all = new Arguments(computed(arrays), named);
    }
    return call(own, all);
  }

  private List<Argument> call(KerasFunction function, Arguments all) {
    String name = function.name();
    String label = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return add(label, new KerasOperation(function, Tree.object(), Tree.object()), all);
  }

  /** An array as it is written where a tensor stands, in the type of those beside it. */
  private Argument array(Argument operand, List<Argument> all) {
    if (!(operand instanceof Argument.Literal literal) || !literal.value().isArray()) {
      return operand;
    }
    DataType beside =
        all.stream()
            .flatMap(own -> own.values().stream())
            .map(value -> value.type().dtype())
            .filter(dtype -> dtype != DataType.BOOL)
            .findFirst()
            .orElse(result().dtype());
    if (Literals.isWhole(literal.value())) {
      return Literals.array(beside.isFloating() ? DataType.INT32 : beside, literal.value());
    }
    // Indices beside a table do not make it one of whole numbers.
    DataType fractions = result().dtype().isFloating() ? result().dtype() : DataType.FLOAT32;
    return Literals.array(beside.isFloating() ? beside : fractions, literal.value());
  }

  /** A call of a layer without weights. */
  Argument add(String label, Layer layer, Argument input) {
    return add(label, layer, new Arguments(List.of(input), Map.of())).get(0);
  }

  private List<Argument> add(String label, Layer layer, Arguments own) {
    LayerInstance instance =
        new LayerInstance(
            NONE, label, true, DtypePolicy.FLOAT32, layer, Map.of(), Map.of(), Tree.object());
    List<Value> outputs = new ArrayList<>();
    for (Value inferred : inference.outputs(instance, own)) {
      Value output = new Value(label, inferred.type());
      inference.infer(output, inferred);
      outputs.add(output);
    }
    steps.add(new Step(label, layer, own, outputs));
    return outputs.stream().<Argument>map(Argument.Of::new).toList();
  }

  private static KerasFunction function(String name) {
    return KerasFunctions.named(name)
        .orElseThrow(() -> new IllegalStateException("no function " + name));
  }

  /** Constants, the first of them as one that is computed. */
  private List<Argument> computed(List<Argument> constants) {
    List<Argument> computed = new ArrayList<>(constants);
    computed.set(0, tensor(constants.get(0)));
    return computed;
  }

  private static Argument argument(Object option) {
    return option instanceof Argument own ? own : new Argument.Literal(Tree.of(option));
  }

  /** A tensor; a constant becomes one that is computed: others do not stand in models. */
  Argument tensor(Argument argument) {
    return argument instanceof Argument.Of
        ? argument
        : add("Multiply", OpenSizes.one(this, result().dtype()), argument);
  }

  /** A tensor in a type. */
  Argument cast(Argument tensor, DataType dtype) {
    return type(tensor).dtype() == dtype
        ? tensor
        : add("Cast", List.of(tensor), "dtype", dtype.kerasName());
  }

  /** A tensor that one of the calls gives. */
  Argument own(Argument tensor) {
    Value value = value(tensor);
    return steps.stream().anyMatch(step -> step.outputs().contains(value))
        ? tensor
        : add("Copy", tensor);
  }

  /** Part of a tensor along some axes. */
  Argument items(Argument tensor, List<Tree> key) {
    Argument own = new Argument.Literal(Tree.of(key));
    return call(function("GetItem"), new Arguments(List.of(tensor, own), Map.of())).get(0);
  }

  /** The calls so far. */
  List<Step> steps() {
    return steps;
  }
}
