package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.CallTypes;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.TypeInference;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Translates a model into the vertices of a DL4J network: walks its calls in order, nested models
 * inlined, and lets each layer's writer add what the call becomes.
 */
final class Translation {

  private final Model model;
  private final TypeInference inference;
  private final NetworkBuilder network;
  private final Layouts layouts;
  private final LayerUpdaters updaters;
  private final Problems problems;
  private final Set<LayerId> written;
  private final Set<LayerId> rescaled;
  private final FrozenLayers frozenLayers;
  private final Map<Value, Edge> edges;

  private Translation(
      Model model,
      NetworkBuilder network,
      Layouts layouts,
      LayerUpdaters updaters,
      Problems problems,
      Set<LayerId> written,
      Set<LayerId> rescaled,
      FrozenLayers frozenLayers,
      Map<Value, Edge> edges) {
    this.model = model;
    this.inference = new TypeInference(model::layer);
    this.network = network;
    this.layouts = layouts;
    this.updaters = updaters;
    this.problems = problems;
    this.written = written;
    this.rescaled = rescaled;
    this.frozenLayers = frozenLayers;
    this.edges = edges;
  }

  /**
   * A translation into an empty network.
   *
   * @param updaters what trains its layers
   * @param classic whether its arrays are in DL4J's classic layout
   */
  Translation(Model model, LayerUpdaters updaters, boolean classic, Problems problems) {
    this(model, new NetworkBuilder(), updaters, classic, problems);
  }

  private Translation(
      Model model,
      NetworkBuilder network,
      LayerUpdaters updaters,
      boolean classic,
      Problems problems) {
    this(
        model,
        network,
        new Layouts(model, network, classic),
        updaters,
        problems,
        new HashSet<>(),
        new HashSet<>(),
        FrozenLayers.of(model),
        new HashMap<>());
  }

  /** The same translation into another network. */
  Translation apart(NetworkBuilder other) {
    return new Translation(
        model, other, layouts, updaters, problems, written, rescaled, frozenLayers, edges);
  }

  NetworkBuilder network() {
    return network;
  }

  LayerTemplates templates(LayerInstance instance) {
    return new LayerTemplates(updaters.of(instance.id()), WeightTerms.of(instance.layer()));
  }

  /** Whether steps of training take a part of each weight of a layer away. */
  boolean decaysWeights(LayerInstance instance) {
    return updaters.of(instance.id()).weightDecay() != null;
  }

  Problems problems() {
    return problems;
  }

  /** Whether parameters are weights times a number, so that steps of training are others. */
  boolean isRescaled() {
    return !rescaled.isEmpty();
  }

  /** Notes that the parameters of a layer are its weights times a number. */
  void tellRescaled(LayerCall call) {
    if (rescaled.add(call.instance().id())) {
      call.drops(
          "has parameters that are its weights times a number, so that steps of training are others",
          "a hard sigmoid of another slope than DL4J's");
    }
  }

  /**
   * Translates the whole model.
   *
   * @return its outputs; fewer than those if something was refused
   */
  List<Edge> run() {
    Graph graph = model.network().graph();
    for (Value input : graph.inputValues()) {
      String vertex = network.input(inputName(graph, input));
      edges.put(input, new Edge(vertex, input.type(), false, layouts.ofInput(graph, input)));
    }
    calls(graph, "", false);
    return edges(graph.outputValues()).stream().map(layouts::output).toList();
  }

  /** The inputs. */
  List<Edge> inputs() {
    return edges(model.network().graph().inputValues());
  }

  /** The name of the InputLayer that makes a value; in a Sequential model there may be none. */
  private static String inputName(Graph graph, Value input) {
    return graph.calls().stream()
        .filter(call -> call.outputs().contains(input))
        .map(Call::name)
        .findFirst()
        .orElse(input.name());
  }

  private void calls(Graph graph, String prefix, boolean frozen) {
    for (Call call : graph.calls()) {
      LayerInstance instance = model.layer(call.layer());
      boolean known = edges.keySet().containsAll(call.arguments().values());
      // Inputs are known already; behind a layer without known output there is nothing to say.
      if (!(instance.layer() instanceof InputLayer) && known) {
        call(call, instance, prefix, frozen);
      }
    }
  }

  private void call(Call call, LayerInstance instance, String prefix, boolean frozen) {
    String name = prefix + call.name();
    if (call.arguments().isTrue(Arguments.FIXED_TRAINING)) {
      problems.error(
          ProblemCode.LAYER_UNSUPPORTED,
          place(instance, name),
          "must not train in predictions",
          "a call with training=True",
          "convert to ONNX");
    }
    if (instance.layer() instanceof Network nested) {
      inline(nested, call, name, frozen || !instance.trainable());
      return;
    }
    Optional<LayerCall> typed = typed(instance, name, call.arguments());
    if (typed.isEmpty()) {
      return;
    }
    LayerCall layerCall = layouts.arranged(typed.get());
    warnOfTraining(layerCall);
    boolean masked = checkMasks(layerCall);
    int before = network.vertices().size();
    String output = write(layerCall);
    if (frozenLayers.has(instance, frozen)) {
      network.freeze(before);
    }
    int known = Math.min(call.outputs().size(), layerCall.outputTypes().size());
    for (int i = 0; i < known; i++) {
      // Further outputs (states) were refused; the stand-in lets the layers behind be heard.
      TensorType type = layerCall.outputTypes().get(i);
      edges.put(call.outputs().get(i), new Edge(output, type, masked, layerCall.layout()));
    }
  }

  private void inline(Network nested, Call call, String name, boolean frozen) {
    List<Value> outer = call.arguments().inputs();
    List<Value> inner = nested.graph().inputValues();
    for (int i = 0; i < inner.size(); i++) {
      edges.put(inner.get(i), edge(outer.get(i)));
    }
    // A second call of the same model must not find the values of the first.
    nested.graph().calls().stream()
        .flatMap(c -> c.outputs().stream())
        .filter(value -> !inner.contains(value))
        .forEach(edges::remove);
    calls(nested.graph(), name + "/", frozen);
    List<Value> results = nested.graph().outputValues();
    for (int i = 0; i < results.size(); i++) {
      Edge result = edges.get(results.get(i));
      if (result != null) {
        edges.put(call.outputs().get(i), result);
      }
    }
  }

  /** Writes a call, or tells why DL4J cannot hold it. */
  String write(LayerCall call) {
    Class<? extends Layer> type = call.instance().layer().getClass();
    Optional<String> reason = Dl4jWriters.reason(type);
    if (reason.isPresent() || Dl4jWriters.isStructure(type)) {
      return call.refuse(
          "must be a layer that DL4J can hold",
          call.instance().className() + ": " + reason.orElse("a model cannot stand here"));
    }
    if (call.instance().dtype().quantization() != null) {
      return call.refuse(
          "must not be quantised, of which DL4J has nothing", call.instance().dtype().name());
    }
    if (!hasWeights(call)) {
      return call.input();
    }
    Optional<Activation> behind = ComposedActivations.behind(call.instance().layer());
    return behind.isEmpty()
        ? Dl4jWriters.write(call)
        : ComposedActivations.writeBehind(Dl4jWriters.write(call.linear()), behind.get(), call);
  }

  /** The call with the types that go in and come out; nothing, and a problem, if they misfit. */
  private Optional<LayerCall> typed(LayerInstance instance, String name, Arguments arguments) {
    List<Edge> tensors = edges(arguments.values());
    try {
      Arguments known = arguments.mapValues(v -> new Value(v.name(), edge(v).type()));
      List<TensorType> outputs = inference.outputTypes(instance, known);
      return Optional.of(
          new LayerCall(
              model, instance, name, arguments, tensors, outputs, ArrayLayout.LAST, this));
    } catch (IllegalArgumentException | IllegalStateException e) {
      tellMisfit(instance, name, e);
      return Optional.empty();
    }
  }

  private void tellMisfit(LayerInstance instance, String name, RuntimeException broken) {
    problems.error(
        ProblemCode.SHAPE_MISMATCH,
        place(instance, name),
        "must be called with inputs that fit",
        String.valueOf(broken.getMessage()),
        "");
  }

  /** The call of an inner layer of a wrapper, as the wrapper's call implies it. */
  LayerCall childCall(LayerCall wrapper, String child) {
    LayerId id =
        Objects.requireNonNull(
            wrapper.instance().children().get(child), () -> wrapper.name() + " has no " + child);
    CallTypes types = inference.call(wrapper.instance(), typedArguments(wrapper));
    List<TensorType> inputTypes =
        Objects.requireNonNull(
            wrapper.instance().layer().childInputs(types).get(child),
            () -> wrapper.name() + " does not call " + child);
    List<TensorType> outputs = types.childOutputs(child, inputTypes);
    List<Edge> inputs = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < inputTypes.size(); i++) {
      Edge outer = wrapper.inputs().get(i);
      Edge inner = new Edge(outer.vertex(), inputTypes.get(i), outer.masked(), wrapper.layout());
      Value value = new Value(child, inner.type());
      edges.put(value, inner);
      inputs.add(inner);
      values.add(value);
    }
    Arguments arguments = Arguments.of(values);
    return new LayerCall(
        model, model.layer(id), wrapper.name(), arguments, inputs, outputs, wrapper.layout(), this);
  }

  private Arguments typedArguments(LayerCall call) {
    return call.arguments().mapValues(v -> new Value(v.name(), edge(v).type()));
  }

  private boolean checkMasks(LayerCall call) {
    Layer layer = call.instance().layer();
    boolean inputMasked = call.inputs().stream().anyMatch(Edge::masked);
    call.require(
        !inputMasked || !Masks.changesResult(layer),
        "must not depend on a mask: DL4J clears the state of masked steps, Keras keeps it",
        "a mask from a Masking layer or an Embedding with mask_zero");
    call.require(
        call.arguments().keyword("mask").isEmpty(), "must not be given a mask", "argument mask");
    return Masks.isOutputMasked(layer, call.inputs());
  }

  private void warnOfTraining(LayerCall call) {
    boolean first = written.add(call.instance().id());
    boolean hasWeights = !call.instance().weights().isEmpty();
    if (!first && hasWeights) {
      call.drops("is called twice; DL4J shares no weights, each call has a copy of its own", "");
    }
    tellTerms(call, call.instance());
  }

  private void tellTerms(LayerCall call, LayerInstance instance) {
    List<String> lost = WeightTerms.of(instance.layer()).lost();
    if (!lost.isEmpty()) {
      call.drops("trains without what DL4J has nothing for", String.join(", ", lost));
    }
    instance.children().values().forEach(id -> tellTerms(call, model.layer(id)));
  }

  /** Whether the layer and its inner layers have their weights, in the right shapes. */
  private boolean hasWeights(LayerCall call) {
    try {
      return hasAllWeights(call);
    } catch (IllegalArgumentException e) {
      tellMisfit(call.instance(), call.name(), e);
      return false;
    }
  }

  private boolean hasAllWeights(LayerCall call) {
    CallTypes types = inference.call(call.instance(), typedArguments(call));
    boolean complete = hasOwnWeights(call, call.instance().layer().weights(types));
    for (String child : call.instance().layer().childInputs(types).keySet()) {
      LayerCall inner = childCall(call, child);
      CallTypes innerTypes = inference.call(inner.instance(), typedArguments(inner));
      complete &= hasOwnWeights(inner, inner.instance().layer().weights(innerTypes));
    }
    return complete;
  }

  private boolean hasOwnWeights(LayerCall call, List<WeightSpec> specs) {
    boolean complete = true;
    for (WeightSpec spec : specs) {
      if (!spec.isOwn()) {
        continue;
      }
      WeightRef weight = call.instance().weights().get(spec.name());
      if (weight == null || !weight.type().shape().equals(spec.shape())) {
        complete = false;
        problems.error(
            weight == null ? ProblemCode.WEIGHT_MISSING : ProblemCode.WEIGHT_SHAPE_MISMATCH,
            place(call).withKey(spec.name()),
            "must have shape " + spec.shape(),
            weight == null ? "no weight" : weight.type().shape().toString(),
            weight == null ? "give the weights with --weights" : "");
      }
    }
    return complete;
  }

  /** The edges of values that are known. */
  List<Edge> edges(List<Value> values) {
    List<Edge> known = new ArrayList<>();
    for (Value value : values) {
      Edge edge = edges.get(value);
      if (edge != null) {
        known.add(edge);
      }
    }
    return known;
  }

  private Edge edge(Value value) {
    return Objects.requireNonNull(edges.get(value), () -> "nothing makes " + value);
  }

  /** Where problems of a call stand. */
  Place place(LayerCall call) {
    return place(call.instance(), call.name());
  }

  private Place place(LayerInstance instance, String name) {
    return Place.file(model.provenance().file())
        .withLayer(name, LayerCatalog.className(instance.layer()));
  }
}
