package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LoweringCall;
import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.layer.Quantization;
import io.github.weighbridge.core.lowering.ModelLowering.Bound;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One call that is being lowered: what it is given, and where its operations go. */
final class LoweringContext extends OperationScope implements LoweringCall {

  private final ModelLowering lowering;
  private final LayerInstance instance;
  private final Arguments arguments;
  private final Map<Value, Bound> bound;
  private final String scope;
  private final boolean zeroedFromOutside;

  LoweringContext(
      ModelLowering lowering,
      GraphBuilder builder,
      LayerInstance instance,
      Arguments arguments,
      Map<Value, Bound> bound,
      String scope,
      boolean zeroedFromOutside) {
    super(builder, scope);
    this.lowering = lowering;
    this.instance = instance;
    this.arguments = arguments;
    this.bound = bound;
    this.scope = scope;
    this.zeroedFromOutside = zeroedFromOutside;
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

  /** Whether a mask is an argument of the call. */
  boolean hasMaskArgument() {
    return arguments.keyword("mask").flatMap(mask -> mask.values().stream().findAny()).isPresent();
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
    return argument(keyword, position).map(Argument::values).orElse(List.of()).stream()
        .map(this::lowered)
        .toList();
  }

  private Optional<Argument> argument(String keyword, int position) {
    return arguments
        .keyword(keyword)
        .or(() -> arguments.positional().stream().skip(position).findFirst());
  }

  /** The mask that came along with an argument; null where every step of it counts. */
  @Nullable Value maskOf(String keyword, int position) {
    return argument(keyword, position)
        .flatMap(argument -> argument.values().stream().findFirst())
        .map(value -> bound(value).mask())
        .orElse(null);
  }

  /** Whether a keyword argument is there and true. */
  boolean isTrue(String keyword) {
    return arguments.isTrue(keyword);
  }

  /** Whether the layer trains, in predictions too. */
  boolean trains() {
    return isTrue(Arguments.FIXED_TRAINING);
  }

  /** Whether training changes the weights of the layer. */
  boolean isTrainable() {
    return instance.trainable();
  }

  /** The first states of a loop: a keyword, the second argument, or inputs beside the sequence. */
  List<Value> initialStates() {
    List<Value> given = values("initial_state", 1);
    return given.isEmpty() ? inputs().subList(1, inputs().size()) : given;
  }

  private Value lowered(Value value) {
    Value own = bound(value).value();
    return own.type().dtype().isFloating() ? cast(own, computeType()) : own;
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

  /** The type that the layer keeps its weights in. */
  DataType variableType() {
    return instance.dtype().variable();
  }

  /** How the layer keeps its kernel, null if as all weights. */
  @Nullable Quantization quantization() {
    return instance.dtype().quantization();
  }

  // What the layer has.

  /** A weight, as a constant of the type that the layer computes in. */
  @Override
  public Value weight(String name) {
    return weight(name, weightSizes(name));
  }

  /** A weight as a constant of some type, for layers whose policy says nothing of it. */
  Value weight(String name, DataType dtype) {
    return lowering.weight(scope + "/" + name, weightRef(name), dtype, weightSizes(name));
  }

  /** A weight under another shape, as a constant of the type that the layer computes in. */
  @Override
  public Value weight(String name, long... sizes) {
    WeightRef weight = weightRef(name);
    DataType dtype = weight.dtype().isFloating() ? computeType() : weight.dtype();
    return lowering.weight(scope + "/" + name, weight, dtype, sizes);
  }

  /** A weight under another shape, as a constant of another type. */
  Value weight(String name, DataType dtype, long... sizes) {
    return lowering.weight(scope + "/" + name, weightRef(name), dtype, sizes);
  }

  /** A weight in another layout, as a constant of the type that the layer computes in. */
  Value weight(String name, UnaryOperator<WeightRef> layout) {
    return weight(name, computeType(), layout);
  }

  /** A weight in another layout, as a constant of some type. */
  Value weight(String name, DataType dtype, UnaryOperator<WeightRef> layout) {
    WeightRef weight = layout.apply(weightRef(name));
    return lowering.weight(scope + "/" + name, weight, dtype, weight.sizes());
  }

  /** Whether the layer has a weight, for those that files may be without. */
  boolean hasWeight(String name) {
    return instance.weights().containsKey(name);
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

  /** The names of the inner layers. */
  List<String> children() {
    return List.copyOf(instance.children().keySet());
  }

  /** An inner layer that is no call of its own: what it has, and what it adds in its name. */
  LoweringContext inner(String name) {
    return new LoweringContext(
        lowering,
        builder(),
        childInstance(name),
        new Arguments(List.of(), Map.of()),
        Map.of(),
        scope + "/" + name,
        zeroedFromOutside);
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

  /** Whether a Bidirectional around this layer decides what masked steps return. */
  boolean isZeroedFromOutside() {
    return zeroedFromOutside;
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
    Arguments given = new Arguments(List.of(Argument.of(inputs)), keyword);
    Arguments call = trains() ? given.inTraining() : given;
    boolean zeroed =
        instance.layer() instanceof Bidirectional bidirectional && bidirectional.zeroesMasked();
    return lowering.lower(child, call, inner, scope + "/" + name, zeroed);
  }

  /** Adds a function of the call's arguments, which stay in their own types. */
  Lowered function(FunctionRow function, Tree.Obj configured) {
    Arguments own = arguments.mapValues(value -> bound(value).value());
    return Lowered.of(function.build(builder(), scope, configured, own));
  }

  /** Numbers of the configuration, in the type that the layer computes in. */
  Value numbers(String what, Numbers numbers) {
    return constant(what, WeightRef.of(numbers.tensor().cast(computeType())));
  }

  /** This call, but what it adds goes to the body of a loop, under names of its own. */
  LoweringContext inBody(GraphBuilder body) {
    return new LoweringContext(
        lowering, body, instance, arguments, bound, "step", zeroedFromOutside);
  }

  /** The constant vector of one repeated number. */
  Value filled(String what, double value, Shape shape) {
    return constant(what, WeightRef.filled(computeType(), value, shape.sizes()));
  }

  /** The call's outputs, each masked as the first input is; for layers that pass a mask on. */
  Lowered passMask(Value output) {
    return new Lowered(List.of(output), Collections.singletonList(mask()));
  }
}
