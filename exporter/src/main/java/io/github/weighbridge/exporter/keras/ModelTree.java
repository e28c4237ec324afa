package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CustomLayer;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.formats.keras.KerasGeneration;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model as a tree in canonical form: what the importer made the model of, but for what the model
 * does not keep. See the dialects for the form.
 */
final class ModelTree {

  private static final String TRAINING = "training";

  private final Model model;
  private final boolean decidesCalls;

  private ModelTree(Model model, boolean decidesCalls) {
    this.model = model;
    this.decidesCalls = decidesCalls;
  }

  /**
   * The tree of a model.
   *
   * @param target Keras 2 trains where a call says so, and gives no mask where it says that there
   *     is none; Keras 3 does as the whole model is called and fills in masks, whatever its files
   *     say
   */
  static Tree.Obj of(Model model, KerasGeneration target) {
    boolean decides =
        model.provenance().generation().equals(KerasDialect.KERAS_3.label())
            && target != KerasGeneration.KERAS_3;
    return new ModelTree(model, decides).network(model.name(), model.network(), Tree.object());
  }

  /**
   * A network.
   *
   * @param config what is known of it beside its layers
   */
  private Tree.Obj network(String name, Network network, Tree.Obj config) {
    Calls calls = new Calls(network.graph());
    List<Tree> layers = new ArrayList<>();
    boolean functional = network.kind() == Network.Kind.FUNCTIONAL;
    for (LayerId id : LayerOrder.of(network)) {
      Tree.Obj layer = layer(model.layer(id));
      layers.add(functional ? layer.with("inbound_nodes", calls.nodes(id)) : layer);
    }
    Tree.Obj filled = config.with("name", Tree.of(name)).with("layers", Tree.of(layers));
    if (functional) {
      filled =
          filled
              .with("input_layers", calls.argument(network.graph().inputs()))
              .with("output_layers", calls.argument(network.graph().outputs()));
    }
    return entry(functional ? "Functional" : "Sequential", name, filled);
  }

  private static Tree.Obj entry(String className, String name, Tree.Obj config) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("class_name", className);
    members.put("name", name);
    members.put("config", config);
    return (Tree.Obj) Tree.of(members);
  }

  private Tree.Obj layer(LayerInstance instance) {
    Tree.Obj common =
        Tree.object()
            .with("name", Tree.of(instance.name()))
            .with("trainable", Tree.of(instance.trainable()));
    if (instance.layer() instanceof Network network) {
      Tree.Obj config = common.with("dtype", Tree.of(instance.dtype().name()));
      return network(
          instance.name(),
          network,
          network.kind() == Network.Kind.SEQUENTIAL ? config : config.without("dtype"));
    }
    if (instance.layer() instanceof KerasOperation operation) {
      return entry(
              operation.function().name(),
              instance.name(),
              operation.arguments().with("name", Tree.of(instance.name())))
          .with("operation", Tree.of(true));
    }
    if (instance.layer() instanceof OpaqueLayer opaque) {
      return entry(opaque.className(), instance.name(), opaque.config())
          .with("opaque", Tree.of(opaque.reason()));
    }
    if (instance.layer() instanceof CustomLayer custom) {
      return entry(custom.className(), instance.name(), common)
          .with("opaque", Tree.of("it is a custom layer, whose configuration is its own"));
    }
    return known(instance, common);
  }

  private Tree.Obj known(LayerInstance instance, Tree.Obj common) {
    Tree.Obj config = common;
    if (!(instance.layer() instanceof InputLayer)) {
      config = config.with("dtype", Tree.of(instance.dtype().name()));
    }
    Tree.Obj own = LayerCatalog.binder().write((Record) instance.layer());
    for (Map.Entry<String, Tree> member : own.members().entrySet()) {
      config = config.with(member.getKey(), member.getValue());
    }
    for (Map.Entry<String, Tree> extra : instance.extras().members().entrySet()) {
      config = config.withDefault(extra.getKey(), extra.getValue());
    }
    Map<String, List<Tree>> lists = new LinkedHashMap<>();
    for (Map.Entry<String, LayerId> child : instance.children().entrySet()) {
      String key = child.getKey();
      int slash = key.indexOf('/');
      Tree.Obj inner = layer(model.layer(child.getValue()));
      if (slash < 0) {
        config = config.with(key, inner);
      } else {
        lists.computeIfAbsent(key.substring(0, slash), k -> new ArrayList<>()).add(inner);
      }
    }
    for (Map.Entry<String, List<Tree>> list : lists.entrySet()) {
      config = config.with(list.getKey(), Tree.of(list.getValue()));
    }
    return entry(instance.className(), instance.name(), config);
  }

  /** The calls of one graph, whose values are known by who returns them. */
  private final class Calls {

    private final Map<LayerId, List<Call>> calls = new HashMap<>();
    private final Map<Value, Tree> references = new HashMap<>();

    Calls(Graph graph) {
      for (Call call : graph.calls()) {
        List<Call> same = calls.computeIfAbsent(call.layer(), id -> new ArrayList<>());
        String layer = model.layer(call.layer()).name();
        for (int i = 0; i < call.outputs().size(); i++) {
          Value output = call.outputs().get(i);
          references.put(output, reference(layer, same.size(), i, output));
        }
        same.add(call);
      }
    }

    private static Tree reference(String layer, int call, int output, Value value) {
      Map<String, Object> config = new LinkedHashMap<>();
      value.knownType().ifPresent(type -> describe(type, config));
      config.put("keras_history", List.of(layer, call, output));
      return Tree.of(Map.of("class_name", "__keras_tensor__", "config", config));
    }

    private static void describe(TensorType type, Map<String, Object> config) {
      List<@Nullable Long> sizes = new ArrayList<>();
      type.shape().dims().forEach(dim -> sizes.add(dim.isFixed() ? dim.size() : null));
      config.put("shape", Tree.of(sizes));
      config.put("dtype", type.dtype().kerasName());
    }

    Tree nodes(LayerId layer) {
      List<Tree> nodes = new ArrayList<>();
      for (Call call : calls.getOrDefault(layer, List.of())) {
        if (!(model.layer(layer).layer() instanceof InputLayer)) {
          nodes.add(node(call.arguments()));
        }
      }
      return Tree.of(nodes);
    }

    private Tree node(Arguments arguments) {
      Map<String, Object> kwargs = new LinkedHashMap<>();
      arguments.keyword().forEach((name, argument) -> kwargs.put(name, argument(argument)));
      if (decidesCalls) {
        kwargs.remove(TRAINING);
        kwargs.values().removeIf(Tree.none()::equals);
      }
      Map<String, Object> node = new LinkedHashMap<>();
      node.put("args", arguments.positional().stream().map(this::argument).toList());
      node.put("kwargs", kwargs);
      return Tree.of(node);
    }

    Tree argument(Argument argument) {
      if (argument instanceof Argument.Of of) {
        Tree reference = references.get(of.value());
        if (reference == null) {
          throw new IllegalStateException("no layer returns " + of.value());
        }
        return reference;
      }
      if (argument instanceof Argument.Items items) {
        return Tree.of(items.elements().stream().map(this::argument).toList());
      }
      if (argument instanceof Argument.Entries entries) {
        Map<String, Object> members = new LinkedHashMap<>();
        entries.members().forEach((key, member) -> members.put(key, argument(member)));
        return Tree.of(members);
      }
      return ((Argument.Literal) argument).value();
    }
  }
}
