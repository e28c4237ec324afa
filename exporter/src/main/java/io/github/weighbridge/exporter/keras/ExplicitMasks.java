package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.AdditiveAttention;
import io.github.weighbridge.core.layer.Attention;
import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.GlobalPooling;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.MaskRule;
import io.github.weighbridge.core.layer.Merge;
import io.github.weighbridge.core.layer.MultiHeadAttention;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.SoftmaxLayer;
import io.github.weighbridge.core.layer.StepLoop;
import io.github.weighbridge.core.lowering.KerasFunctions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.lowering.ModelMasks;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.TypeInference;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.exporter.keras.MaskReader.Applied;
import io.github.weighbridge.exporter.keras.MaskReader.Known;
import io.github.weighbridge.exporter.keras.MaskReader.Mask;
import io.github.weighbridge.exporter.keras.MaskReader.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Masks that Keras 3 would not hand on as the generation does that a model comes from, as arguments
 * of the calls that count by them: functions compute them from what they were made of.
 *
 * <p>Keras 2 keeps the steps that are valid in all masked inputs of a merge, Keras 3 those that are
 * in any, and none at all where an input has no mask; its recurrent layers take no mask of
 * themselves when they are called with a state.
 */
final class ExplicitMasks {

  /** How Keras 3 hands masks on. */
  private static final Map<String, Tree> RULES =
      Map.of(
          "mask_rule", Tree.of("any"),
          "masked_with_state", Tree.of(false),
          "passes_mask", Tree.of(true));

  private static final String MASK = "mask";

  private final Model model;
  private final Map<LayerId, LayerInstance> layers = new LinkedHashMap<>();
  private final LayerNamer names;
  private final TypeInference inference =
      new TypeInference(id -> Objects.requireNonNull(layers.get(id)));
  private final Map<Call, Masks> own;
  private final Map<Call, Masks> implied;

  /**
   * The masks that a call meets.
   *
   * @param isClear whether all of them could be read, and are the same each time that the network
   *     of the call is called
   */
  private record Masks(Map<Value, Mask> byInput, boolean isClear) {

    static final Masks NONE = new Masks(Map.of(), true);

    @Nullable Mask of(Value input) {
      return byInput.get(input);
    }
  }

  private ExplicitMasks(Model model, Map<Call, Masks> own, Map<Call, Masks> implied) {
    this.model = model;
    model.layers().forEach(layer -> layers.put(layer.id(), layer));
    this.names = new LayerNamer(layers);
    this.own = own;
    this.implied = implied;
  }

  /**
   * The model with such masks; as it is where Keras 3 hands on the same, or no function says them.
   */
  static Model in(Model model) {
    Map<LayerId, LayerInstance> others = new HashMap<>();
    model
        .layers()
        .forEach(layer -> asInKeras3(layer).ifPresent(other -> others.put(layer.id(), other)));
    if (others.isEmpty()) {
      return model;
    }
    List<LayerInstance> handingOn =
        model.layers().stream().map(layer -> others.getOrDefault(layer.id(), layer)).toList();
    try {
      Map<Call, Masks> own = masks(model);
      // Rules hand masks on, and make none.
      return own.isEmpty()
          ? model
          : new ExplicitMasks(model, own, masks(model.withLayers(handingOn))).rewritten();
    } catch (ProblemsException notLowered) {
      return model;
    }
  }

  /** A layer that hands masks on as in Keras 3, where it does not as it is. */
  private static Optional<LayerInstance> asInKeras3(LayerInstance instance) {
    if (!LayerCatalog.has(instance.layer())) {
      return Optional.empty();
    }
    Tree.Obj changes = changes(LayerCatalog.binder().write((Record) instance.layer()));
    return changes.members().isEmpty()
        ? Optional.empty()
        : LayerCatalog.with(instance.layer(), changes).map(instance::withLayer);
  }

  private static Tree.Obj changes(Tree.Obj config) {
    Tree.Obj changes = Tree.object();
    for (Map.Entry<String, Tree> rule : RULES.entrySet()) {
      Optional<Tree> value = config.get(rule.getKey());
      if (value.isPresent() && !value.get().equals(rule.getValue())) {
        changes = changes.with(rule.getKey(), rule.getValue());
      }
    }
    return changes;
  }

  private static Map<Call, Masks> masks(Model model) {
    ModelMasks masks = ModelLowering.masks(model);
    MaskReader reader = new MaskReader(masks);
    Map<Call, Masks> read = new HashMap<>();
    for (ModelMasks.OfCall call : masks.calls()) {
      Map<Value, Mask> byInput = new HashMap<>();
      call.masks()
          .forEach(
              (input, mask) ->
                  reader.read(mask, call).ifPresent(expression -> byInput.put(input, expression)));
      Masks these = new Masks(byInput, byInput.size() == call.masks().size());
      Masks before = read.putIfAbsent(call.call(), these);
      if (before != null && !before.equals(these)) {
        read.put(call.call(), new Masks(Map.of(), false));
      }
    }
    return read;
  }

  private Model rewritten() {
    for (LayerInstance layer : model.layers()) {
      if (layer.layer() instanceof Network network) {
        layers.put(layer.id(), layer.withLayer(new Rewriting(network).rewritten()));
      }
    }
    Network root = new Rewriting(model.network()).rewritten();
    return model.withNetwork(root, layers.values());
  }

  /** One network, whose calls get more arguments. */
  private final class Rewriting {

    private final Network network;
    private final List<LayerId> order;
    private final List<Call> calls = new ArrayList<>();
    private final Map<Mask, Value> computed = new HashMap<>();
    private final Map<Value, Value> plain = new HashMap<>();

    /** Whether masks were taken away, which later calls were to get. */
    private boolean hidden;

    Rewriting(Network network) {
      this.network = network;
      this.order = new ArrayList<>(network.layers());
    }

    Network rewritten() {
      if (network.kind() != Network.Kind.FUNCTIONAL) {
        return network;
      }
      for (Call call : network.graph().calls()) {
        calls.add(
            new Call(
                call.name(),
                call.layer(),
                masked(call, model.layer(call.layer()).layer()),
                call.outputs()));
      }
      Graph graph = network.graph();
      return new Network(
          network.kind(),
          network.className(),
          order,
          new Graph(
              graph.name(),
              graph.inputs(),
              graph.constants(),
              List.copyOf(calls),
              graph.outputs(),
              graph.outputNames()));
    }

    private Arguments masked(Call call, Layer layer) {
      Arguments arguments = call.arguments();
      List<Value> inputs = arguments.inputs();
      Masks ours = own.getOrDefault(call, Masks.NONE);
      Masks theirs = implied.getOrDefault(call, Masks.NONE);
      if (inputs.isEmpty() || !ours.isClear() || !theirs.isClear()) {
        return arguments;
      }
      if (layer instanceof MultiHeadAttention) {
        return attended(arguments, ours, theirs);
      }
      if (layer instanceof Merge merge) {
        return wouldLeaveOut(merge) ? unmasked(arguments, theirs) : arguments;
      }
      if (arguments.keyword(MASK).isPresent()) {
        return arguments;
      }
      if (layer instanceof Attention || layer instanceof AdditiveAttention) {
        boolean same =
            inputs.stream().allMatch(input -> Objects.equals(ours.of(input), theirs.of(input)));
        return same && !hidden ? arguments : with(arguments, MASK, all(inputs, ours));
      }
      boolean counts =
          layer instanceof StepLoop
              || layer instanceof Bidirectional
              || layer instanceof GlobalPooling
              || layer instanceof SoftmaxLayer;
      if (!counts) {
        return arguments;
      }
      Mask mask = ours.of(inputs.get(0));
      if (mask == null) {
        return unmasked(arguments, theirs);
      }
      boolean asImplied = !hidden && mask.equals(theirs.of(inputs.get(0)));
      return asImplied && !isCalledWithState(layer, arguments)
          ? arguments
          : with(arguments, MASK, new Argument.Of(value(mask)));
    }

    /** Whether a merge of Keras 3 leaves out masked steps, and this one does not. */
    private static boolean wouldLeaveOut(Merge merge) {
      return !merge.leavesMaskedStepsOut()
          && new Merge(merge.kind(), MaskRule.ANY).leavesMaskedStepsOut();
    }

    /** The arguments without the masks that Keras 3 would hand on with them: no function does. */
    private Arguments unmasked(Arguments arguments, Masks theirs) {
      return arguments.mapValues(
          value -> {
            if (theirs.of(value) == null) {
              return value;
            }
            hidden = true;
            return plain.computeIfAbsent(
                value, own -> added("Copy", Tree.object(), List.of(new Argument.Of(own))));
          });
    }

    /** No mask comes along with the sequence then. */
    private static boolean isCalledWithState(Layer layer, Arguments arguments) {
      boolean loops = layer instanceof StepLoop || layer instanceof Bidirectional;
      return loops && arguments.values().size() > 1;
    }

    private Argument all(List<Value> inputs, Masks masks) {
      List<Argument> elements = new ArrayList<>();
      for (Value input : inputs) {
        Mask mask = masks.of(input);
        elements.add(mask == null ? Argument.none() : new Argument.Of(value(mask)));
      }
      return new Argument.Items(elements);
    }

    /** Keras 3 takes the masks of values and keys, but not that of the queries. */
    private Arguments attended(Arguments arguments, Masks ours, Masks theirs) {
      List<String> names = List.of("query", "value", "key");
      Arguments result = arguments;
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        List<Value> given = given(arguments, name, i);
        if (given.size() != 1) {
          continue;
        }
        Value input = given.get(0);
        Mask mask = ours.of(input);
        String key = i == 0 ? "attention_mask" : name + "_mask";
        boolean taken = arguments.keyword(key).isPresent();
        if (mask == null || taken || (!hidden && mask.equals(theirs.of(input)))) {
          continue;
        }
        Tree.Obj axis = Tree.object().with("axis", Tree.of(2));
        Mask argument = i == 0 ? new Applied("ExpandDims", axis, List.of(mask)) : mask;
        result = with(result, key, new Argument.Of(value(argument)));
      }
      return result;
    }

    private static List<Value> given(Arguments arguments, String keyword, int position) {
      return arguments
          .keyword(keyword)
          .or(() -> arguments.positional().stream().skip(position).findFirst())
          .map(Argument::values)
          .orElse(List.of());
    }

    private static Arguments with(Arguments arguments, String key, Argument argument) {
      Map<String, Argument> keyword = new LinkedHashMap<>(arguments.keyword());
      keyword.put(key, argument);
      return new Arguments(arguments.positional(), keyword);
    }

    private Value value(Mask expression) {
      if (expression instanceof Known known) {
        return known.value();
      }
      Value before = computed.get(expression);
      if (before != null) {
        return before;
      }
      Value value = add((Applied) expression);
      computed.put(expression, value);
      return value;
    }

    private Value add(Applied function) {
      List<Argument> operands = new ArrayList<>();
      for (Mask operand : function.operands()) {
        operands.add(
            operand instanceof Scalar number
                ? new Argument.Literal(number.value())
                : new Argument.Of(value(operand)));
      }
      return added(function.name(), function.config(), operands);
    }

    /** What a function returns that is called here. */
    private Value added(String function, Tree.Obj config, List<Argument> operands) {
      String name = names.name(MASK);
      LayerInstance added =
          new LayerInstance(
              names.id(),
              name,
              true,
              DtypePolicy.FLOAT32,
              new KerasOperation(
                  KerasFunctions.named(function).orElseThrow(), config, Tree.object()),
              Map.of(),
              Map.of(),
              Tree.object());
      layers.put(added.id(), added);
      order.add(added.id());
      Arguments arguments = new Arguments(operands, Map.of());
      Value output = new Value(name, inference.outputTypes(added, arguments).get(0));
      calls.add(new Call(name, added.id(), arguments, List.of(output)));
      return output;
    }
  }
}
