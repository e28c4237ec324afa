package io.github.weighbridge.cli;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.api.TargetFormat;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.lowering.LoweringOptions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.Severity;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Compilation;
import io.github.weighbridge.core.training.CompilationConfig;
import io.github.weighbridge.core.training.GradientNormalization;
import io.github.weighbridge.core.training.GradientOptimizer;
import io.github.weighbridge.core.training.LayerTraining;
import io.github.weighbridge.core.training.LearningRate;
import io.github.weighbridge.core.training.Loss;
import io.github.weighbridge.core.training.Metric;
import io.github.weighbridge.core.training.Optimizer;
import io.github.weighbridge.core.training.PerOutput;
import io.github.weighbridge.core.training.Schedule;
import io.github.weighbridge.core.training.TrainingCatalog;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code inspect} tells of a model, as text and as JSON. */
final class ModelReport {

  /** The formats that hold a whole model. */
  private static final List<TargetFormat> TARGETS =
      List.of(TargetFormat.ONNX, TargetFormat.DL4J, TargetFormat.KERAS, TargetFormat.KERAS_H5);

  private final Model model;
  private final Map<String, List<Problem>> targets = new LinkedHashMap<>();

  ModelReport(Model model) {
    this.model = model;
    targets.put("nd4j", ModelLowering.problems(model, LoweringOptions.DEFAULTS).all());
    for (TargetFormat format : TARGETS) {
      targets.put(format.id(), Models.problems(model, format));
    }
  }

  // Text.

  void print(PrintWriter out) {
    var provenance = model.provenance();
    out.println("file        " + provenance.file());
    out.println("format      " + provenance.format());
    out.println(
        "written by  "
            + provenance.generation()
            + (provenance.version() == null ? "" : ", version " + provenance.version())
            + (provenance.backend() == null ? "" : ", backend " + provenance.backend()));
    out.println("model       " + model.name() + " (" + model.network().className() + ")");
    printPorts(out, "inputs", model.network().graph().inputValues());
    printPorts(out, "outputs", model.network().graph().outputValues());
    out.println();
    printLayers(out, model.network(), "");
    out.println();
    out.printf(
        Locale.ROOT,
        "parameters  %,d (trainable %,d)%n",
        model.parameterCount(),
        trainableParameters());
    out.println("training    " + trainingLine());
    for (Problem warning : model.warnings()) {
      out.println("warning: " + warning);
    }
    targets.forEach((target, problems) -> printTarget(out, target, problems));
  }

  private static void printPorts(PrintWriter out, String what, List<Value> values) {
    for (Value value : values) {
      out.printf("%-11s %s %s%n", what, value.name(), type(value));
    }
  }

  private static String type(Value value) {
    return value.knownType().map(TensorType::toString).orElse("of unknown type");
  }

  private void printLayers(PrintWriter out, Network network, String indent) {
    for (LayerId id : network.layers()) {
      printLayer(out, model.layer(id), callOf(network, id), indent);
    }
  }

  private void printLayer(
      PrintWriter out, LayerInstance layer, @Nullable Call call, String indent) {
    String shapes =
        call == null
            ? ""
            : call.outputs().stream().map(ModelReport::type).collect(Collectors.joining(", "));
    out.printf(
        Locale.ROOT,
        "%-50s %-34s %,12d%s%n",
        indent + layer.name() + " (" + layer.className() + ")",
        shapes,
        layer.parameterCount(),
        (layer.trainable() ? "" : "  frozen")
            + (layer.layer() instanceof OpaqueLayer opaque ? "  " + opaque.reason() : ""));
    layer
        .children()
        .values()
        .forEach(child -> printLayer(out, model.layer(child), null, indent + "  "));
    if (layer.layer() instanceof Network nested) {
      printLayers(out, nested, indent + "  ");
    }
  }

  private static @Nullable Call callOf(Network network, LayerId id) {
    return network.graph().calls().stream()
        .filter(call -> call.layer().equals(id))
        .findFirst()
        .orElse(null);
  }

  private String trainingLine() {
    return Stream.concat(Stream.of(compilationLine()), settings())
        .collect(Collectors.joining(", "));
  }

  /** What is said of training beside what Keras compiles with. */
  private Stream<String> settings() {
    var settings = model.trainingSettings();
    Stream<String> truncation =
        settings.truncated().stream().map(own -> "in pieces of " + own.forwardLength() + " steps");
    int own = settings.layers().size();
    return own == 0
        ? truncation
        : Stream.concat(truncation, Stream.of(own + " layers with settings of their own"));
  }

  private String compilationLine() {
    Optional<Compilation> compilation = model.compilation();
    if (compilation.isEmpty()) {
      boolean written = model.trainingConfig().filter(own -> !own.members().isEmpty()).isPresent();
      return written ? "compiled with what is not known here" : "not compiled";
    }
    List<String> parts = new ArrayList<>();
    compilation.get().innerOptimizer().map(ModelReport::optimizer).ifPresent(parts::add);
    parts.add("loss " + names(compilation.get().loss(), Loss::name));
    if (!compilation.get().metrics().values().isEmpty()) {
      parts.add("metrics " + names(compilation.get().metrics(), ModelReport::reported));
    }
    model.optimizerState().map(ModelReport::state).ifPresent(parts::add);
    return String.join(", ", parts);
  }

  private static String optimizer(Optimizer optimizer) {
    String name = TrainingCatalog.className(optimizer);
    if (!(optimizer instanceof GradientOptimizer known)) {
      return name;
    }
    LearningRate rate = known.options().learningRate();
    if (rate instanceof LearningRate.Fixed fixed) {
      return name + " at " + (float) fixed.value();
    }
    return name
        + " by "
        + (rate instanceof Schedule.Custom custom
            ? custom.className()
            : rate.getClass().getSimpleName());
  }

  private static <T> String names(PerOutput<T> values, Function<T, String> name) {
    return values.values().isEmpty()
        ? "none"
        : values.values().stream().map(name).collect(Collectors.joining(", "));
  }

  private static String reported(Metric metric) {
    return metric.config().asObject().flatMap(config -> config.text("name")).orElse(metric.name());
  }

  private static String state(OptimizerState state) {
    String variables = state.variableCount() + " optimizer variables";
    WeightRef iterations = state.iterations();
    return iterations == null
        ? variables
        : variables + " after " + iterations.cast(DataType.INT64).load().getLong(0) + " steps";
  }

  private long trainableParameters() {
    return model.layers().stream()
        .filter(LayerInstance::trainable)
        .mapToLong(LayerInstance::parameterCount)
        .sum();
  }

  private static void printTarget(PrintWriter out, String target, List<Problem> problems) {
    boolean refused = problems.stream().anyMatch(p -> p.severity() == Severity.ERROR);
    out.printf("%-11s %s%n", target, refused ? "refused:" : "possible");
    for (Problem problem : problems) {
      out.println(
          "  " + (problem.severity() == Severity.ERROR ? "error: " : "warning: ") + problem);
    }
  }

  // JSON.

  Tree tree() {
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    var provenance = model.provenance();
    report.put("file", provenance.file());
    report.put("format", provenance.format());
    report.put("generation", provenance.generation());
    report.put("kerasVersion", provenance.version());
    report.put("backend", provenance.backend());
    report.put("name", model.name());
    report.put("class", model.network().className());
    report.put("inputs", ports(model.network().graph().inputValues()));
    report.put("outputs", ports(model.network().graph().outputValues()));
    report.put("parameters", model.parameterCount());
    report.put("trainableParameters", trainableParameters());
    report.put("layers", layers(model.network()));
    report.put(
        "training",
        model.compilation().map(CompilationConfig::write).or(model::trainingConfig).orElse(null));
    report.put("trainingSettings", settingsTree());
    report.put(
        "optimizerVariables",
        weights(model.optimizerState().map(OptimizerState::written).orElse(Map.of())));
    report.put("warnings", problems(model.warnings()));
    Map<String, Object> refusals = new LinkedHashMap<>();
    targets.forEach((target, problems) -> refusals.put(target, problems(problems)));
    report.put("targets", refusals);
    return Tree.of(report);
  }

  private Tree settingsTree() {
    var settings = model.trainingSettings();
    Tree truncation =
        settings
            .truncated()
            .<Tree>map(
                own ->
                    Tree.object()
                        .with("forwardLength", Tree.of(own.forwardLength()))
                        .with("backwardLength", Tree.of(own.backwardLength())))
            .orElse(Tree.none());
    return Tree.object()
        .with("truncatedBackpropagation", truncation)
        .with("epochs", Tree.of(settings.epochs()));
  }

  private static Map<String, @Nullable Object> trainingTree(LayerTraining training) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    GradientOptimizer ofBiases = training.biasOptimizer();
    GradientNormalization normalization = training.normalization();
    tree.put("optimizer", TrainingCatalog.tree(training.optimizer()));
    tree.put("biasOptimizer", ofBiases == null ? null : TrainingCatalog.tree(ofBiases));
    tree.put("gradientNormalization", normalization.kind().name().toLowerCase(Locale.ROOT));
    tree.put("gradientNormalizationThreshold", normalization.threshold());
    return tree;
  }

  private List<Object> layers(Network network) {
    List<Object> rows = new ArrayList<>();
    for (LayerId id : network.layers()) {
      rows.add(layer(model.layer(id), callOf(network, id)));
    }
    return rows;
  }

  private Map<String, Object> layer(LayerInstance layer, @Nullable Call call) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", layer.name());
    row.put("class", layer.className());
    row.put("trainable", layer.trainable());
    row.put("dtype", layer.dtype().name());
    row.put("parameters", layer.parameterCount());
    if (call != null) {
      row.put("outputs", ports(call.outputs()));
    }
    row.put("weights", weights(layer.weights()));
    LayerTraining training = model.trainingSettings().layers().get(layer.id());
    if (training != null) {
      row.put("training", trainingTree(training));
    }
    Map<String, Object> children = new LinkedHashMap<>();
    layer.children().forEach((key, id) -> children.put(key, layer(model.layer(id), null)));
    if (!children.isEmpty()) {
      row.put("children", children);
    }
    if (layer.layer() instanceof Network nested) {
      row.put("layers", layers(nested));
    }
    if (layer.layer() instanceof OpaqueLayer opaque) {
      row.put("opaque", opaque.reason());
    }
    return row;
  }

  private static List<Object> weights(Map<String, WeightRef> weights) {
    List<Object> rows = new ArrayList<>();
    weights.forEach((name, weight) -> rows.add(port(name, weight.type())));
    return rows;
  }

  private static List<Object> ports(List<Value> values) {
    return values.stream()
        .<Object>map(value -> port(value.name(), value.knownType().orElse(null)))
        .toList();
  }

  private static Map<String, @Nullable Object> port(String name, @Nullable TensorType type) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("dtype", type == null ? null : type.dtype().kerasName());
    List<@Nullable Object> shape = new ArrayList<>();
    if (type != null) {
      for (Dim dim : type.shape().dims()) {
        shape.add(dim.isFixed() ? dim.size() : null);
      }
    }
    row.put("shape", type == null ? null : shape);
    return row;
  }

  static List<Object> problems(List<Problem> problems) {
    return problems.stream().<Object>map(ModelReport::problem).toList();
  }

  private static Map<String, @Nullable Object> problem(Problem problem) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
    row.put("code", problem.code().name());
    row.put("file", problem.place().file());
    row.put("layer", problem.place().layer());
    row.put("class", problem.place().layerClass());
    row.put("key", problem.place().key());
    row.put("rule", problem.rule());
    row.put("found", problem.found());
    row.put("advice", problem.advice());
    row.put("message", problem.toString());
    return row;
  }
}
