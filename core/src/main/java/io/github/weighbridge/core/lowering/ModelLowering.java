package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lowers a model: its layers become operations, nested models are inlined, masks become values,
 * every weight a constant that is still unread.
 *
 * <p>Inputs and outputs keep their names and order. Not thread-safe; one lowering per object.
 */
public final class ModelLowering {

  /** A value of a graph of layers, lowered; the mask says which of its steps count. */
  record Bound(Value value, @Nullable Value mask) {}

  private final Model model;
  private final Problems problems = new Problems();
  private final GraphBuilder builder;
  private final Map<Form, Value> weights = new HashMap<>();
  private final List<PartialGraph.Cut> cuts = new ArrayList<>();
  private final List<Value> given = new ArrayList<>();
  private final List<Value> returned = new ArrayList<>();
  private final List<LayerInstance> unseen = new ArrayList<>();
  private final List<Masked> masked = new ArrayList<>();

  /** A weight as a layer computes with it; the same form of the same weight is one constant. */
  private record Form(WeightRef weight, DataType dtype, Shape shape) {}

  /** A call with masks among the bound values of its network. */
  private record Masked(Call call, Map<Value, Bound> bound) {

    ModelMasks.OfCall told() {
      Map<Value, Value> masks = new LinkedHashMap<>();
      for (Value input : call.inputs()) {
        Value mask = Objects.requireNonNull(bound.get(input)).mask();
        if (mask != null) {
          masks.put(input, mask);
        }
      }
      Map<Value, Value> sources = new LinkedHashMap<>();
      bound.forEach((own, lowered) -> sources.putIfAbsent(lowered.value(), own));
      return new ModelMasks.OfCall(call, masks, sources);
    }
  }

  private ModelLowering(Model model) {
    this.model = model;
    this.builder = new GraphBuilder(model.name());
  }

  /**
   * The model as a graph of operations.
   *
   * @throws ProblemsException with everything that has no operations
   */
  public static Graph lower(Model model, LoweringOptions options) {
    Result result = lowering(model, options);
    result.problems().throwIfErrors();
    return result.graph();
  }

  /** Everything that keeps a model from being lowered. */
  public static Problems problems(Model model, LoweringOptions options) {
    return lowering(model, options).problems();
  }

  /**
   * The masks that come along with what the layers of a model are called with.
   *
   * @throws ProblemsException with everything that has no operations
   */
  public static ModelMasks masks(Model model) {
    ModelLowering lowering = new ModelLowering(model);
    Graph graph = lowering.lowerRoot(LoweringOptions.DEFAULTS);
    lowering.problems.throwIfErrors();
    return new ModelMasks(graph, lowering.masked.stream().map(Masked::told).toList());
  }

  /** The model as operations as far as it has any, with any batch. */
  public static PartialGraph partial(Model model) {
    ModelLowering lowering = new ModelLowering(model);
    Graph graph = lowering.lowerRoot(LoweringOptions.DEFAULTS);
    Set<Value> known = new HashSet<>(graph.inputValues());
    known.addAll(graph.constants().keySet());
    graph.nodes().forEach(node -> known.addAll(node.outputs()));
    known.addAll(lowering.returned);
    List<Value> inputs = new ArrayList<>(graph.inputValues());
    inputs.addAll(lowering.returned);
    List<Value> outputs =
        new ArrayList<>(graph.outputValues().stream().filter(known::contains).toList());
    outputs.addAll(lowering.given);
    Graph cut = lowering.builder.build(Argument.of(inputs), Argument.of(outputs));
    return new PartialGraph(cut, lowering.cuts, lowering.unseen);
  }

  /** What a model has become, and what kept parts of it from that. */
  private record Result(Graph graph, Problems problems) {}

  /** With any batch; with the one that the file states where only that can be. */
  private static Result lowering(Model model, LoweringOptions options) {
    Map<String, Shape> stated = StatedBatch.shapes(model);
    LoweringOptions fixed = options.withInputShapes(stated);
    if (stated.isEmpty() || !options.inputShapes().isEmpty()) {
      return attempt(model, options);
    }
    if (StatedBatch.counts(model, stated)) {
      return attempt(model, fixed);
    }
    Result open = attempt(model, options);
    if (!open.problems().hasErrors()) {
      return open;
    }
    Result closed = attempt(model, fixed);
    return closed.problems().hasErrors() ? open : closed;
  }

  private static Result attempt(Model model, LoweringOptions options) {
    ModelLowering lowering = new ModelLowering(model);
    Graph graph = lowering.lowerRoot(options);
    return new Result(graph, lowering.problems);
  }

  /** The activation functions that are known, by Keras 3's names, sorted. */
  public static List<String> activations() {
    return Activations.names();
  }

  private Graph lowerRoot(LoweringOptions options) {
    Graph graph = model.network().graph();
    Map<Value, Bound> bound = new LinkedHashMap<>();
    Map<Value, Value> inputs = new HashMap<>();
    for (Value input : graph.inputValues()) {
      Shape shape = options.inputShapes().getOrDefault(input.name(), input.type().shape());
      Value lowered = builder.input(input.name(), input.type().withShape(shape));
      inputs.put(input, lowered);
      bound.put(input, new Bound(lowered, null));
    }
    lowerCalls(graph, bound, "", false);
    Argument outputs =
        graph
            .outputs()
            .mapValues(
                value -> {
                  Bound output = bound.get(value);
                  return output == null ? value : output.value();
                });
    return builder.build(
        graph.inputs().mapValues(v -> inputs.getOrDefault(v, v)), outputs, graph.outputNames());
  }

  /**
   * Lowers every call whose arguments are known; the others stand behind one that was refused.
   *
   * @param trains whether the network does, in predictions too
   */
  private void lowerCalls(Graph graph, Map<Value, Bound> bound, String scope, boolean trains) {
    for (Call call : graph.calls()) {
      LayerInstance layer = model.layer(call.layer());
      if (layer.layer() instanceof InputLayer) {
        continue;
      }
      if (!call.inputs().stream().allMatch(bound::containsKey)) {
        unseen.add(layer);
        continue;
      }
      if (call.inputs().stream().anyMatch(input -> isMasked(bound.get(input)))) {
        masked.add(new Masked(call, bound));
      }
      Lowered lowered = lowerCall(layer, call, bound, scope + call.name(), trains);
      for (int i = 0; i < lowered.outputs().size() && i < call.outputs().size(); i++) {
        bound.put(
            call.outputs().get(i), new Bound(lowered.outputs().get(i), lowered.masks().get(i)));
      }
    }
  }

  private static boolean isMasked(@Nullable Bound value) {
    return value != null && value.mask() != null;
  }

  private Lowered lowerCall(
      LayerInstance layer, Call call, Map<Value, Bound> bound, String scope, boolean trains) {
    Arguments arguments = trains ? call.arguments().inTraining() : call.arguments();
    Place place = Place.file(model.provenance().file()).withLayer(scope, layer.className());
    try {
      Lowered lowered = lower(layer, arguments, bound, scope, false);
      int returned = lowered.outputs().size();
      // Only sizes that are known late tell how many a function returns.
      Rules.require(
          returned >= call.outputs().size(),
          "must return " + call.outputs().size() + " tensors, returns " + returned);
      return lowered;
    } catch (Refusal refusal) {
      if (!refusal.isTold()) {
        problems.error(refusal.code(), place, refusal.rule(), refusal.found(), refusal.advice());
      }
    } catch (IllegalArgumentException e) {
      problems.error(ProblemCode.SHAPE_MISMATCH, place, String.valueOf(e.getMessage()), "", "");
    }
    Lowered standIn = standIn(call);
    List<Value> operands =
        call.inputs().stream()
            .map(input -> Objects.requireNonNull(bound.get(input)).value())
            .toList();
    given.addAll(operands);
    returned.addAll(standIn.outputs());
    cuts.add(new PartialGraph.Cut(layer, scope, operands.size(), standIn.outputs().size()));
    return standIn;
  }

  /**
   * Values of the right types in place of a refused call, so that those behind it are looked at.
   */
  private Lowered standIn(Call call) {
    List<Value> values = new ArrayList<>();
    for (Value output : call.outputs()) {
      TensorType type = output.knownType().orElse(null);
      if (type == null) {
        return Lowered.of(List.of());
      }
      values.add(builder.input(output.name(), type));
    }
    return Lowered.of(values);
  }

  /** Lowers a call of a layer, with its arguments among the bound values. */
  Lowered lower(
      LayerInstance layer,
      Arguments arguments,
      Map<Value, Bound> bound,
      String scope,
      boolean zeroedFromOutside) {
    LoweringContext context =
        new LoweringContext(this, builder, layer, arguments, bound, scope, zeroedFromOutside);
    if (layer.layer() instanceof Network network) {
      return lowerNetwork(network, context, scope);
    }
    return Lowerings.lower(layer.layer(), context);
  }

  private Lowered lowerNetwork(Network network, LoweringContext context, String scope) {
    Graph graph = network.graph();
    List<Value> own = graph.inputValues();
    List<Value> given = context.inputs();
    if (own.size() != given.size()) {
      throw new IllegalArgumentException(
          "the model takes " + own.size() + " inputs, got " + given.size());
    }
    Map<Value, Bound> inner = new LinkedHashMap<>();
    for (int i = 0; i < own.size(); i++) {
      inner.put(own.get(i), new Bound(given.get(i), context.masks().get(i)));
    }
    lowerCalls(graph, inner, scope + "/", context.trains());
    List<Value> outputs = new ArrayList<>();
    List<@Nullable Value> masks = new ArrayList<>();
    for (Value output : graph.outputValues()) {
      Bound value = inner.get(output);
      if (value == null) {
        // Behind a refused layer of unknown type.
        throw Refusal.told();
      }
      outputs.add(value.value());
      masks.add(value.mask());
    }
    return new Lowered(outputs, masks);
  }

  /** A weight as a constant; layers that share it share the constant. */
  Value weight(String name, WeightRef weight, DataType dtype, long... sizes) {
    return weights.computeIfAbsent(
        new Form(weight, dtype, Shape.of(sizes)),
        form -> builder.constant(name, weight.cast(dtype).reshaped(sizes)));
  }

  LayerInstance layer(LayerId id) {
    return model.layer(id);
  }
}
