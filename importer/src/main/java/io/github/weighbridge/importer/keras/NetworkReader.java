package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one network: its layers, then how they are called. */
final class NetworkReader {

  private final ModelReader reader;
  private final LayerTable table;
  private final Place file;
  private final Problems problems;

  NetworkReader(ModelReader reader, LayerTable table, Place file, Problems problems) {
    this.reader = reader;
    this.table = table;
    this.file = file;
    this.problems = problems;
  }

  Network read(LayerTree network) {
    StatedTypes stated = StatedTypes.of(network);
    Map<String, LayerId> ids = new LinkedHashMap<>();
    for (LayerTree layer : network.layers()) {
      if (ids.containsKey(layer.name())) {
        problems.error(
            ProblemCode.CONFIG_VALUE_INVALID,
            layer.place(file).withKey("name"),
            "must be the name of one layer of '" + network.name() + "' only",
            "a second one",
            "give each layer a name of its own");
      } else {
        ids.put(layer.name(), reader.layer(layer, stated.outputs(layer.name(), 0)));
      }
    }
    Graph graph =
        network.isFunctional()
            ? functional(network, ids, stated)
            : sequential(network, List.copyOf(ids.values()));
    return new Network(
        network.isFunctional() ? Network.Kind.FUNCTIONAL : Network.Kind.SEQUENTIAL,
        network.className(),
        List.copyOf(ids.values()),
        graph);
  }

  private Graph functional(LayerTree network, Map<String, LayerId> ids, StatedTypes stated) {
    CallRecorder recorder = new CallRecorder(table, file, problems);
    CallOrder order = new CallOrder(network.layers(), file, problems);
    Map<CallOrder.Key, List<Value>> made = new LinkedHashMap<>();
    for (CallOrder.Pending pending : order.sorted()) {
      LayerTree layer = pending.layer();
      ArgumentReader arguments =
          new ArgumentReader(reference -> value(reference, made, layer.place(file), order));
      LayerId id = ids.get(layer.name());
      if (id == null) {
        continue;
      }
      List<Value> outputs =
          recorder.call(
              id,
              pending.call(),
              arguments.arguments(pending.node()),
              stated.usedOutputs(layer.name(), pending.call()),
              stated.outputs(layer.name(), pending.call()));
      made.put(new CallOrder.Key(layer.name(), pending.call()), outputs);
    }
    Argument inputs = ends(network, "input_layers", made, order);
    Argument outputs = ends(network, "output_layers", made, order);
    return Graph.ofCalls(network.name(), inputs, recorder.calls(), outputs);
  }

  private Argument ends(
      LayerTree network, String key, Map<CallOrder.Key, List<Value>> made, CallOrder order) {
    Place place = network.place(file).withKey(key);
    return new ArgumentReader(reference -> value(reference, made, place, order))
        .argument(network.config().get(key).orElse(Tree.of(List.of())));
  }

  private Argument value(
      Reference reference, Map<CallOrder.Key, List<Value>> made, Place place, CallOrder order) {
    List<Value> outputs = made.get(new CallOrder.Key(reference.layer(), reference.call()));
    if (outputs != null && reference.output() >= 0 && reference.output() < outputs.size()) {
      return new Argument.Of(outputs.get((int) reference.output()));
    }
    if (outputs == null && order.has(new CallOrder.Key(reference.layer(), reference.call()))) {
      // Why that call cannot be made has been told.
      return new Argument.Of(new Value(reference.toString(), null));
    }
    problems.error(
        ProblemCode.REFERENCE_MISSING,
        place,
        "must refer to what a layer of the model returns",
        reference.toString(),
        outputs == null
            ? "the model has no such layer or call"
            : "that call returns " + outputs.size() + " output" + (outputs.size() == 1 ? "" : "s"));
    return new Argument.Of(new Value(reference.toString(), null));
  }

  private Graph sequential(LayerTree network, List<LayerId> layers) {
    CallRecorder recorder = new CallRecorder(table, file, problems);
    boolean hasInput = !network.layers().isEmpty() && network.layers().get(0).isInput();
    Argument inputs = new Argument.Of(new Value(network.name() + "_input", null));
    if (!hasInput) {
      problems.error(
          ProblemCode.INPUT_SHAPE_UNKNOWN,
          network.place(file),
          "must tell the shape of its input, in an InputLayer, batch_input_shape or"
              + " build_input_shape",
          "none of them",
          "call the model once on data before saving it");
    }
    Argument current = inputs;
    for (LayerId id : layers) {
      boolean input = hasInput && id.equals(layers.get(0));
      Arguments arguments =
          input ? new Arguments(List.of(), Map.of()) : new Arguments(List.of(current), Map.of());
      current = Argument.of(recorder.call(id, 0, arguments, 1, List.of()));
      inputs = input ? current : inputs;
    }
    return Graph.ofCalls(network.name(), inputs, recorder.calls(), current);
  }
}
