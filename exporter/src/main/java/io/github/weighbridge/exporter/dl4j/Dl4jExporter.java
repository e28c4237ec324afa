package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.WrittenModel;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import io.github.weighbridge.formats.dl4j.Dl4jFile;
import io.github.weighbridge.formats.dl4j.Dl4jZipWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes models as DL4J zips that DL4J 1.0.0-M2.1 restores. Stateless and thread-safe; needs memory
 * for one tile of the weights.
 */
public final class Dl4jExporter {

  private Dl4jExporter() {}

  /**
   * Writes a model.
   *
   * @param target replaced if it exists; written beside and moved
   * @return warnings: what DL4J does otherwise in training, or in another precision
   * @throws ProblemsException with everything that DL4J cannot hold, nothing being written then
   */
  public static List<Problem> write(Model model, Path target, Dl4jOptions options) {
    Method method = options.deflates() ? Method.DEFLATED : Method.STORED;
    Problems problems = new Problems();
    CarriedEntries carried = CarriedEntries.of(model);
    if (!options.carriesObjects()) {
      carried = carried.withoutObjects(problems);
    }
    Optional<WrittenModel> written = asWritten(model, options);
    if (written.isPresent()) {
      Dl4jZipWriter.write(target, written.get().architecture(), carried.entries(), method);
      return problems.warnings();
    }
    Prepared prepared = prepare(model, options, problems);
    problems.throwIfErrors();
    Dl4jZipWriter.write(
        target,
        prepared.configuration(),
        prepared.dtype(),
        prepared.parameters(),
        prepared.updaterState(),
        carried.besideNetwork(prepared.configuration(), problems),
        method);
    return problems.warnings();
  }

  /** What {@link #write} would refuse or warn of. */
  public static List<Problem> problems(Model model) {
    Problems problems = new Problems();
    if (asWritten(model, Dl4jOptions.DEFAULTS).isEmpty()) {
      prepare(model, Dl4jOptions.DEFAULTS, problems);
    }
    return problems.all();
  }

  /** What the model was read from, where that was a zip of DL4J and nothing else is asked for. */
  private static Optional<WrittenModel> asWritten(Model model, Dl4jOptions options) {
    boolean same =
        model.provenance().format().equals(CarriedEntries.FORMAT) && options.leavesNetworks();
    return same ? model.written() : Optional.empty();
  }

  /** Why DL4J can hold no layer of a class, if it can hold none. */
  public static Optional<String> reason(LayerCatalog.Entry entry) {
    return Dl4jWriters.reason(entry.type().asSubclass(Layer.class));
  }

  /** Whether DL4J has a function of the same values. */
  public static boolean holds(Activation activation) {
    return Activations.of(activation).isPresent() || ComposedActivations.has(activation);
  }

  /** What goes into the zip. */
  private record Prepared(
      Tree.Obj configuration,
      DataType dtype,
      List<WeightRef> parameters,
      List<WeightRef> updaterState) {}

  private static Prepared prepare(Model model, Dl4jOptions options, Problems problems) {
    DataType dtype = ParameterType.of(model, problems);
    Training training = Training.of(model, problems);
    boolean classic = isClassic(model, options);
    Translation translation = new Translation(model, training.updaters(), classic, problems);
    List<Edge> results = translation.run();
    NetworkBuilder network = translation.network();
    List<String> inputs = network.inputs();
    OutputLayers layers = new OutputLayers(training.templates(), network, results);
    List<WeightRef> updaterState = List.of();
    if (!problems.hasErrors()) {
      updaterState =
          training.state(
              translation.isRescaled(), other -> vertices(other, training.updaters(), classic));
      training.addLosses(layers);
      layers.separate();
    }
    List<Vertex> vertices = network.vertices();
    List<String> outputs = layers.outputs();
    NetworkConfiguration configuration =
        new NetworkConfiguration(
            Dl4jZipWriter.typeName(dtype), training.iterations(), model.trainingSettings());
    Tree.Obj tree;
    if (isMultiLayer(model, options, inputs, vertices, outputs, problems)) {
      tree = configuration.multiLayer(vertices);
    } else {
      vertices = Copies.inserted(inputs, vertices, outputs);
      tree = configuration.graph(inputs, vertices, outputs);
    }
    if (model.trainingSettings().truncated().isPresent() && cutsFeatures(inputs, vertices)) {
      problems.warning(
          ProblemCode.TARGET_DROPS,
          Place.file(model.provenance().file()).withKey("backpropType"),
          "cuts features into pieces and not steps, which DL4J expects to be last",
          "TruncatedBPTT",
          "use --dl4j-layout classic");
    }
    tree = tree.with(Dl4jFile.INPUT_TYPES, inputTypes(model, translation.inputs()));
    if (results.stream().anyMatch(Edge::isTurned)) {
      tree = tree.with(Dl4jFile.OUTPUT_TYPES, outputTypes(results));
    }
    return new Prepared(
        tree,
        dtype,
        vertices.stream().flatMap(v -> v.parameters().stream()).toList(),
        updaterState);
  }

  /** Whether a recurrent layer takes an input of the network that has its steps before features. */
  private static boolean cutsFeatures(List<String> inputs, List<Vertex> vertices) {
    return vertices.stream()
        .filter(vertex -> vertex.inputs().stream().anyMatch(inputs::contains))
        .anyMatch(v -> v.innermost().text("rnnDataFormat").filter("NWC"::equals).isPresent());
  }

  /** Whether the network is in DL4J's classic layout: as asked for, else as it was read. */
  private static boolean isClassic(Model model, Dl4jOptions options) {
    return switch (options.layout()) {
      case AUTO -> CarriedEntries.of(model).isClassic();
      case KERAS -> false;
      case CLASSIC -> true;
    };
  }

  private static List<Vertex> vertices(Model model, LayerUpdaters updaters, boolean classic) {
    Translation translation = new Translation(model, updaters, classic, new Problems());
    translation.run();
    return translation.network().vertices();
  }

  /** Names and types of the inputs, of which DL4J's configurations say nothing. */
  private static Tree inputTypes(Model model, List<Edge> edges) {
    List<Object> types = new ArrayList<>();
    List<Value> inputs = model.network().graph().inputValues();
    for (int i = 0; i < inputs.size(); i++) {
      Value input = inputs.get(i);
      List<Object> sizes = new ArrayList<>();
      for (Dim dim : input.type().shape().dims()) {
        sizes.add(dim.isFixed() ? dim.size() : Tree.none());
      }
      Map<String, Object> own = new LinkedHashMap<>();
      own.put("dtype", input.type().dtype().kerasName());
      own.put("name", input.name());
      own.put("shape", sizes);
      if (edges.get(i).isTurned()) {
        own.put(Dl4jFile.TURNED, true);
      }
      types.add(own);
    }
    return Tree.of(types);
  }

  /** How the outputs lie against those of Keras. */
  private static Tree outputTypes(List<Edge> edges) {
    return Tree.of(edges.stream().map(edge -> Map.of(Dl4jFile.TURNED, edge.isTurned())).toList());
  }

  private static boolean isMultiLayer(
      Model model,
      Dl4jOptions options,
      List<String> inputs,
      List<Vertex> vertices,
      List<String> outputs,
      Problems problems) {
    boolean chain = NetworkConfiguration.isChain(inputs, vertices, outputs);
    return switch (options.kind()) {
      case AUTO ->
          chain
              && model.network().kind() == Network.Kind.SEQUENTIAL
              && !Copies.handsInputOn(vertices);
      case COMPUTATION_GRAPH -> false;
      case MULTI_LAYER_NETWORK -> {
        if (!chain && !problems.hasErrors()) {
          problems.error(
              ProblemCode.LAYER_UNSUPPORTED,
              Place.file(model.provenance().file()),
              "must be a chain of DL4J layers to become a MultiLayerNetwork",
              "branches, or what only vertices can express",
              "write a ComputationGraph");
        }
        yield chain;
      }
    };
  }
}
