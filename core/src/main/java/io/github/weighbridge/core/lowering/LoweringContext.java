package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.KerasOperations;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LoweringCall;
import io.github.weighbridge.core.lowering.ModelLowering.Bound;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call that is being lowered: what it is given, and where its operations go. */
final class LoweringContext implements LoweringCall {

  private final ModelLowering lowering;
  private final LayerInstance instance;
  private final Arguments arguments;
  private final Map<Value, Bound> bound;
  private final String scope;
  private final boolean inBidirectional;

  LoweringContext(
      ModelLowering lowering,
      LayerInstance instance,
      Arguments arguments,
      Map<Value, Bound> bound,
      String scope,
      boolean inBidirectional) {
    this.lowering = lowering;
    this.instance = instance;
    this.arguments = arguments;
    this.bound = bound;
    this.scope = scope;
    this.inBidirectional = inBidirectional;
  }

  // What the call is given.

  /**
   * The values of the first argument, floating-point ones in the type that the layer computes in.
   */
  @Override
  public List<Value> inputs() {
    return arguments.inputs().stream().map(this::lowered).toList();
  }

  /** The first input. */
  @Override
  public Value input() {
    return inputs().get(0);
  }

  /** The first input in its own type; Keras's "autocast" is off for layers that take indices. */
  Value rawInput() {
    return bound(arguments.inputs().get(0)).value();
  }

  /** The mask of each input: an explicit one wins over that which came along. */
  List<@Nullable Value> masks() {
    List<@Nullable Value> explicit = new ArrayList<>();
    arguments.keyword("mask").ifPresent(mask -> collect(mask, explicit));
    List<@Nullable Value> masks = new ArrayList<>();
    List<Value> inputs = arguments.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      masks.add(i < explicit.size() ? explicit.get(i) : bound(inputs.get(i)).mask());
    }
    return masks;
  }

  /** The values of an argument, null where it has none in place of one. */
  private void collect(Argument argument, List<@Nullable Value> values) {
    if (argument instanceof Argument.Items items) {
      items.elements().forEach(element -> collect(element, values));
    } else if (argument instanceof Argument.Of of) {
      values.add(bound(of.value()).value());
    } else {
      values.add(null);
    }
  }

  /** The mask of the first input, null where every step counts. */
  @Override
  public @Nullable Value mask() {
    List<@Nullable Value> masks = masks();
    return masks.isEmpty() ? null : masks.get(0);
  }

  /**
   * The mask of the first input, for layers that leave it to be handed on.
   *
   * @param implicit whether a mask counts that came along and is no argument of the call
   */
  @Nullable Value countingMask(boolean implicit) {
    return implicit || arguments.keyword("mask").isPresent() ? mask() : null;
  }

  /** The values of a keyword argument, or else of the positional argument at {@code position}. */
  @Override
  public List<Value> values(String keyword, int position) {
    Optional<Argument> argument = arguments.keyword(keyword);
    if (argument.isEmpty() && position < arguments.positional().size()) {
      argument = Optional.of(arguments.positional().get(position));
    }
    return argument.map(Argument::values).orElse(List.of()).stream().map(this::lowered).toList();
  }

  /** The positional arguments with lowered values, lists flattened; for functions, uncast. */
  List<Argument> operands() {
    return KerasOperations.flattened(arguments.positional()).stream()
        .map(argument -> argument.mapValues(value -> bound(value).value()))
        .toList();
  }

  private Value lowered(Value value) {
    Value own = bound(value).value();
    boolean operation = instance.layer() instanceof KerasOperation;
    return own.type().dtype().isFloating() && !operation ? cast(own, computeType()) : own;
  }

  private Bound bound(Value value) {
    Bound own = bound.get(value);
    if (own == null) {
      throw new IllegalStateException("nothing makes " + value + " in " + scope);
    }
    return own;
  }

  /** The type that the layer computes in. */
  @Override
  public DataType computeType() {
    return instance.dtype().compute();
  }

  // What the layer has.

  /** A weight, as a constant of the type that the layer computes in. */
  @Override
  public Value weight(String name) {
    return weight(name, weightSizes(name));
  }

  /** A weight under another shape, as a constant of the type that the layer computes in. */
  @Override
  public Value weight(String name, long... sizes) {
    WeightRef weight = weightRef(name);
    DataType dtype = weight.dtype().isFloating() ? computeType() : weight.dtype();
    return lowering.weight(scope + "/" + name, weight, dtype, sizes);
  }

  /** The shape of a weight. */
  long[] weightSizes(String name) {
    return weightRef(name).sizes();
  }

  private WeightRef weightRef(String name) {
    WeightRef weight = instance.weights().get(name);
    if (weight == null) {
      throw new Refusal(
          ProblemCode.WEIGHT_MISSING,
          "weight '" + name + "' must be there",
          "",
          "open the model with its weights");
    }
    return weight;
  }

  /** An inner layer of a wrapper. */
  Layer child(String name) {
    return childInstance(name).layer();
  }

  private LayerInstance childInstance(String name) {
    LayerId id = instance.children().get(name);
    if (id == null) {
      throw unsupported("an inner layer '" + name + "' must be there", "none");
    }
    return lowering.layer(id);
  }

  /** Whether this is an inner layer of a Bidirectional. */
  boolean isInBidirectional() {
    return inBidirectional;
  }

  /** Lowers a call of an inner layer; masks are arguments of the call. */
  Lowered lowerChild(
      String name, List<Value> inputs, List<@Nullable Value> masks, List<Value> initialState) {
    LayerInstance child = childInstance(name);
    Map<Value, Bound> inner = new HashMap<>();
    Map<String, Argument> keyword = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      inner.put(inputs.get(i), new Bound(inputs.get(i), null));
    }
    Value mask = masks.get(0);
    if (mask != null) {
      inner.put(mask, new Bound(mask, null));
      keyword.put("mask", new Argument.Of(mask));
    }
    if (!initialState.isEmpty()) {
      initialState.forEach(state -> inner.put(state, new Bound(state, null)));
      keyword.put("initial_state", Argument.of(initialState));
    }
    Arguments call = new Arguments(List.of(Argument.of(inputs)), keyword);
    boolean bidirectional = instance.layer() instanceof Bidirectional;
    return lowering.lower(child, call, inner, scope + "/" + name, bidirectional);
  }

  /** The size of an axis that the operations depend on, which must be known. */
  @Override
  public long knownSize(Value x, int axis) {
    Dim dim = x.type().shape().dim(axis);
    if (!dim.isFixed()) {
      throw new IllegalArgumentException(
          "the size of axis " + axis + " must be known, the input has shape " + x.type().shape());
    }
    return dim.size();
  }

  // What the call adds.

  /** Adds an operation with one output, under the name of what it computes. */
  @Override
  public Value add(String what, Operation op, @Nullable Value... operands) {
    return lowering.builder().add(scope + "/" + what, op, operands);
  }

  /** Adds an operation with several outputs. */
  @Override
  public List<Value> addAll(String what, Operation op, @Nullable Value... operands) {
    return lowering.builder().addAll(scope + "/" + what, op, Arrays.asList(operands));
  }

  /** A constant. */
  @Override
  public Value constant(String what, WeightRef weight) {
    return lowering.builder().constant(scope + "/" + what, weight);
  }

  /** A constant number. */
  @Override
  public Value scalar(String what, DataType dtype, double value) {
    return constant(what, WeightRef.of(Tensor.filled(dtype, value)));
  }

  /** A function of a number, on every element. */
  @Override
  public Value unary(UnaryFunction function, Value x) {
    return add(function.name(), Unary.of(function), x);
  }

  /** A function of two numbers, element by element. */
  @Override
  public Value binary(BinaryFunction function, Value x, Value y) {
    return add(function.name(), new Binary(function), x, y);
  }

  /** A function of an array and a number. */
  @Override
  public Value binary(BinaryFunction function, Value x, double y) {
    return binary(function, x, scalar("value", x.type().dtype(), y));
  }

  /** The same numbers in another type; nothing where they have it already. */
  @Override
  public Value cast(Value value, DataType dtype) {
    return value.type().dtype() == dtype ? value : add("cast", new Cast(dtype), value);
  }

  /** The constant vector of one repeated number. */
  Value filled(String what, double value, Shape shape) {
    return constant(what, WeightRef.filled(computeType(), value, shape.sizes()));
  }

  /** What to throw when the layer, or an option of it, has no operations. */
  @Override
  public Refusal unsupported(String rule, String found) {
    return new Refusal(ProblemCode.LAYER_UNSUPPORTED, rule, found, "");
  }

  /** What to throw when a function is not known. */
  Refusal unknownFunction(String found, String known) {
    return new Refusal(
        ProblemCode.FUNCTION_UNKNOWN,
        "must be a known activation",
        "'" + found + "'",
        "known are " + known);
  }

  /** The call's outputs, each masked as the first input is; for layers that pass a mask on. */
  Lowered passMask(Value output) {
    return new Lowered(List.of(output), Collections.singletonList(mask()));
  }
}
