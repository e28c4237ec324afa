package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.dl4j.Dl4jFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a network: its inputs, then vertex by vertex. */
final class NetworkReader {

  private final Tree.Obj configuration;
  private final Dl4jNetwork network;
  private final Parameters parameters;
  private final Place file;
  private final Problems problems;
  private final ModelCalls calls;
  private final Constraints constraints = new Constraints();
  private final Map<String, Signal> signals = new HashMap<>();
  private final VertexPlaces places = new VertexPlaces();

  NetworkReader(
      Tree.Obj configuration,
      Dl4jNetwork network,
      Parameters parameters,
      Place file,
      Problems problems) {
    this.configuration = configuration;
    this.network = network;
    this.parameters = parameters;
    this.file = file;
    this.problems = problems;
    this.calls = new ModelCalls(file, DtypePolicy.of(parameters.dtype().kerasName()));
  }

  /** Every layer of what was read, those within others included. */
  Collection<LayerInstance> layers() {
    return calls.layers();
  }

  /** Which vertex each layer and each parameter is of. */
  VertexPlaces places() {
    return places;
  }

  /** The network; what is wrong with it is told. */
  Network read() {
    List<Value> inputs = inputs();
    problems.throwIfErrors();
    for (Dl4jVertex vertex : network.vertices()) {
      read(vertex);
      places.read(vertex, calls.layers(), parameters.count());
    }
    problems.throwIfErrors();
    List<Tree> stated = configuration.items(Dl4jFile.OUTPUT_TYPES);
    List<Value> outputs = new ArrayList<>();
    for (String output : network.outputs()) {
      Signal signal = signals.get(output);
      if (signal != null) {
        outputs.add(output(output, signal, isTurned(stated, outputs.size())));
      }
    }
    boolean chain = network.isMultiLayer() && isChain();
    Graph graph = Graph.ofCalls("model", Argument.of(inputs), calls.calls(), Argument.of(outputs));
    return new Network(
        chain ? Network.Kind.SEQUENTIAL : Network.Kind.FUNCTIONAL,
        chain ? "Sequential" : "Functional",
        calls.called(),
        graph);
  }

  /** Whether every layer takes what the one before it returns; functions stand in no such chain. */
  private boolean isChain() {
    List<Call> all = calls.calls();
    if (calls.layers().stream().anyMatch(layer -> layer.layer() instanceof KerasOperation)) {
      return false;
    }
    for (int i = 1; i < all.size(); i++) {
      if (!all.get(i).arguments().values().equals(all.get(i - 1).outputs())) {
        return false;
      }
    }
    return true;
  }

  private List<Value> inputs() {
    InputShapes shapes = new InputShapes(network, file);
    List<Tree> stated = configuration.items(Dl4jFile.INPUT_TYPES);
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < network.inputs().size(); i++) {
      String name = network.inputs().get(i);
      Optional<InputLayer> layer =
          i < stated.size() ? Optional.of(stated(stated.get(i))) : shapes.of(name).map(this::layer);
      if (layer.isEmpty()) {
        problems.error(
            ProblemCode.INPUT_SHAPE_UNKNOWN,
            file.withKey(name),
            "must be the input of a layer that tells its size",
            "an input of unknown size",
            "");
        continue;
      }
      Value value = calls.input(name, layer.get());
      inputs.add(value);
      signals.put(name, isTurned(stated, i) ? turned(value) : Signal.same(value));
    }
    return inputs;
  }

  /** Whether DL4J's array of an input or output has first what the model has last. */
  private static boolean isTurned(List<Tree> stated, int index) {
    return index < stated.size()
        && stated
            .get(index)
            .asObject()
            .flatMap(own -> own.get(Dl4jFile.TURNED))
            .flatMap(Tree::asBoolean)
            .orElse(false);
  }

  private static Signal turned(Value value) {
    return value.type().rank() < 3
        ? Signal.same(value)
        : new Signal(value, Signal.View.FEATURES_FIRST);
  }

  private InputLayer layer(List<@Nullable Long> sizes) {
    List<@Nullable Long> batched = new ArrayList<>();
    batched.add(null);
    batched.addAll(sizes);
    return new InputLayer(batched, parameters.dtype());
  }

  private InputLayer stated(Tree tree) {
    ConfigObject own =
        new ConfigObject(tree.asObject().orElse(Tree.object()), file.withKey(Dl4jFile.INPUT_TYPES));
    List<@Nullable Long> sizes = new ArrayList<>();
    for (Tree size : own.tree().items("shape")) {
      sizes.add(size.asLong().filter(n -> n >= 0).orElse(null));
    }
    DataType dtype =
        DataType.ofKerasName(own.text("dtype"))
            .orElseThrow(() -> own.invalid("dtype", "must be a data type"));
    return new InputLayer(sizes, dtype);
  }

  private void read(Dl4jVertex vertex) {
    List<Signal> inputs = new ArrayList<>();
    for (String input : vertex.inputs()) {
      Signal signal = signals.get(input);
      if (signal == null) {
        // Why that one could not be read has been told.
        return;
      }
      inputs.add(signal);
    }
    Place place = file.withLayer(vertex.name(), vertex.simpleClass());
    ConfigObject config = new ConfigObject(vertex.config(), place);
    VertexReading reading =
        new VertexReading(vertex.name(), config, inputs, true, calls, parameters, constraints);
    try {
      if (inputs.isEmpty()) {
        throw reading.refusal("must have an input", "none");
      }
      signals.put(
          vertex.name(),
          vertex.isLayer() ? layer(vertex, reading) : Dl4jReaders.readVertex(reading));
      constraints.tellOthers(vertex.config(), place, problems);
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
    } catch (IllegalArgumentException e) {
      // A rule of the layer that it becomes.
      problems.error(
          ProblemCode.CONFIG_VALUE_INVALID,
          place,
          String.valueOf(e.getMessage()),
          vertex.simpleClass(),
          "correct it where the model is built, and save it again");
    } catch (ArithmeticException e) {
      problems.error(
          ProblemCode.CONFIG_VALUE_INVALID, place, "must have sizes that fit", "overflow", "");
    }
  }

  private static Signal layer(Dl4jVertex vertex, VertexReading reading) {
    if (reading.inputs().size() > 1) {
      // DL4J merges what a layer is given more than one of.
      throw reading.refusal("must have one input", reading.inputs().size() + " inputs");
    }
    if (vertex.preProcessor().isEmpty()) {
      return Dl4jReaders.read(reading);
    }
    ConfigObject own = new ConfigObject(vertex.preProcessor().get(), reading.config().place());
    Signal before = PreProcessors.read(reading, own, reading.input());
    return Dl4jReaders.read(reading.withInputs(List.of(before)));
  }

  /** What the caller of DL4J's network gets; turned back if it came from a model that has it so. */
  private Value output(String name, Signal signal, boolean turned) {
    Place place = file.withLayer(name, "output");
    ConfigObject none = new ConfigObject(Tree.object(), place);
    VertexReading at =
        new VertexReading(name, none, List.of(signal), true, calls, parameters, constraints);
    return turned && signal.rank() > 2 ? at.turnedBack() : at.array();
  }
}
