package io.github.weighbridge.conformance.docs;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.api.TargetFormat;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.lowering.LoweringOptions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.problem.Severity;
import io.github.weighbridge.exporter.keras.KerasExportOptions;
import io.github.weighbridge.formats.FileKind;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.keras.KerasGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the models in testdata, all written by real Keras and DL4J, say about each layer: which
 * generations it was read from, and where a model with it is accepted.
 */
final class Evidence {

  /** Where a layer can get, in the order of the table. */
  enum Stage {
    KERAS_1,
    TF_KERAS,
    KERAS_3,
    FROM_DL4J,
    RUN,
    ONNX,
    DL4J,
    TO_TF_KERAS,
    TO_KERAS_3
  }

  private final Map<String, Set<Stage>> reached = new HashMap<>();
  private final Map<String, Set<Stage>> operationReached = new HashMap<>();
  private final Map<String, SortedSet<String>> onnxRules = new TreeMap<>();
  private final Map<String, SortedSet<String>> dl4jRules = new TreeMap<>();

  private Evidence() {}

  static Evidence of(Path testdata) throws IOException {
    Evidence evidence = new Evidence();
    try (Stream<Path> files = Files.walk(testdata)) {
      for (Path file :
          files.filter(f -> f.endsWith("case.json")).sorted(Comparator.naturalOrder()).toList()) {
        evidence.look(file);
      }
    }
    return evidence;
  }

  private void look(Path caseFile) throws IOException {
    Tree.Obj config =
        Json.parse(Files.readString(caseFile), caseFile.toString()).asObject().orElseThrow();
    if (!config.text("expect").orElse("").equals("ok")) {
      return;
    }
    Optional<String> name = config.object("files").flatMap(f -> f.text("model"));
    if (name.isEmpty()) {
      // An architecture with weights beside it has no layer that whole models do not have.
      return;
    }
    Path file = caseFile.resolveSibling(name.get());
    boolean ofDl4j = FileKind.of(file) == FileKind.DL4J_ZIP;
    try (Model model = Models.open(file)) {
      look(model);
    } catch (ProblemsException refused) {
      // What of DL4J is not read stands with its reason where it is refused.
      if (!ofDl4j) {
        throw refused;
      }
    }
  }

  private void look(Model model) {
    Set<Stage> stages = new HashSet<>();
    stages.add(
        switch (model.provenance().generation()) {
          case "Keras 1" -> Stage.KERAS_1;
          case "Keras 3" -> Stage.KERAS_3;
          case "DL4J" -> Stage.FROM_DL4J;
          default -> Stage.TF_KERAS;
        });
    if (!ModelLowering.problems(model, LoweringOptions.DEFAULTS).hasErrors()) {
      stages.add(Stage.RUN);
    }
    List<Problem> onnx = Models.problems(model, TargetFormat.ONNX);
    if (isAccepted(onnx)) {
      stages.add(Stage.ONNX);
    }
    // As if the model had been changed: nothing is taken over from its file as it stands there.
    Model changed = model.withLayers(model.layers());
    List<Problem> dl4j = Models.problems(changed, TargetFormat.DL4J);
    if (isAccepted(dl4j)) {
      stages.add(Stage.DL4J);
    }
    KerasExportOptions hdf5 = KerasExportOptions.of(KerasExportOptions.Container.HDF5);
    if (isAccepted(Models.problems(changed, hdf5.withGeneration(KerasGeneration.KERAS_2)))) {
      stages.add(Stage.TO_TF_KERAS);
    }
    if (isAccepted(Models.problems(changed, TargetFormat.KERAS))) {
      stages.add(Stage.TO_KERAS_3);
    }
    Set<String> operations = new HashSet<>();
    for (LayerInstance layer : model.layers()) {
      // Functions of keras.ops share class names with layers (Add, Reshape...).
      if (layer.layer() instanceof KerasOperation || layer.layer() instanceof OpaqueLayer) {
        operations.add(layer.className());
        operationReached.computeIfAbsent(layer.className(), n -> new HashSet<>()).addAll(stages);
      } else {
        reached.computeIfAbsent(layer.className(), n -> new HashSet<>()).addAll(stages);
      }
    }
    for (Problem problem : onnx) {
      if (problem.severity() == Severity.ERROR) {
        classOf(problem, model)
            .ifPresent(
                className ->
                    onnxRules.computeIfAbsent(className, n -> new TreeSet<>()).add(problem.rule()));
      }
    }
    for (Problem problem : dl4j) {
      String className = problem.place().layerClass();
      if (problem.severity() == Severity.ERROR
          && className != null
          && !operations.contains(className)) {
        dl4jRules.computeIfAbsent(className, n -> new TreeSet<>()).add(problem.rule());
      }
    }
  }

  /** The class of the layer whose operation cannot be written: it is named after the layer. */
  private static Optional<String> classOf(Problem problem, Model model) {
    String operation = Objects.requireNonNullElse(problem.place().layer(), "");
    return model.layers().stream()
        .filter(layer -> operation.startsWith(layer.name() + "/"))
        .map(LayerInstance::className)
        .findFirst();
  }

  private static boolean isAccepted(List<Problem> problems) {
    return problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
  }

  /** Whether a model with this layer got there. */
  boolean reached(String className, Stage stage) {
    return reached.getOrDefault(className, Set.of()).contains(stage);
  }

  /** Whether a model with this function of {@code keras.ops} got there. */
  boolean operationReached(String className, Stage stage) {
    return operationReached.getOrDefault(className, Set.of()).contains(stage);
  }

  /** The rules by which the ONNX writer refused operations of this layer. */
  SortedSet<String> onnxRules(String className) {
    return onnxRules.getOrDefault(className, new TreeSet<>());
  }

  /** The rules by which DL4J's writer refused calls of this layer. */
  SortedSet<String> dl4jRules(String className) {
    return dl4jRules.getOrDefault(className, new TreeSet<>());
  }
}
