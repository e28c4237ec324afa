package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxGraph;
import io.github.weighbridge.formats.onnx.OnnxModel;
import io.github.weighbridge.formats.onnx.OnnxValueInfo;
import io.github.weighbridge.formats.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Writes graphs of operations as ONNX files that ONNX Runtime runs. */
public final class OnnxExporter {

  private static final String PRODUCER = "weighbridge";

  private OnnxExporter() {}

  /**
   * Writes a graph to a file, which appears whole or not at all.
   *
   * <p>Inputs and outputs keep names and types; dimensions that are not known keep their names.
   * Weights are read while they are written, a tile at a time.
   *
   * @param operations holds operations only, with channels at axis 1 wherever images are
   * @param target the file; above 1.9 GB the weights go to {@code <target>.data}
   * @param options which opset
   * @param provenance where the model came from: free text by key, kept in the file's metadata
   * @return what the user should know: warnings
   * @throws ProblemsException with everything that ONNX cannot express; nothing is written then
   * @throws IOException if writing, or reading the weights, fails
   */
  public static List<Problem> write(
      Graph operations, Path target, OnnxOptions options, Map<String, String> provenance)
      throws IOException {
    Problems problems = new Problems();
    OnnxModel model = translate(operations, options, provenance, problems);
    OnnxWriter.write(model, target);
    return problems.warnings();
  }

  /** What {@link #write} would refuse, and warn of; no weight is read. */
  public static List<Problem> problems(Graph operations, OnnxOptions options) {
    Problems problems = new Problems();
    try {
      translate(operations, options, Map.of(), problems);
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
    }
    return problems.all();
  }

  /** The model that {@link #write} writes. */
  static OnnxModel translate(
      Graph operations, OnnxOptions options, Map<String, String> provenance, Problems problems) {
    checkTypes(operations, problems);
    OnnxOptions fitting = options;
    Problems refused = new Problems();
    OnnxContext onnx = translated(operations, options.opset(), refused);
    if (onnx.neededOpset() > options.opset() && !options.exactly()) {
      fitting = options.withOpset(onnx.neededOpset());
      refused = new Problems();
      onnx = translated(operations, fitting.opset(), refused);
      refused.warning(
          ProblemCode.TARGET_LIMIT,
          Place.UNKNOWN,
          "is written for opset "
              + fitting.opset()
              + ", the first with every operator that it needs",
          "",
          "ask for opset " + options.opset() + " to see which these are");
    }
    problems.addAll(refused.all());
    problems.throwIfErrors();
    return model(operations, onnx, fitting, provenance);
  }

  private static OnnxContext translated(Graph operations, int opset, Problems problems) {
    OnnxContext onnx = new OnnxContext(operations, opset, problems);
    OnnxTranslators.translate(operations.steps(), onnx);
    return onnx;
  }

  private static OnnxModel model(
      Graph operations, OnnxContext onnx, OnnxOptions options, Map<String, String> provenance) {
    List<OnnxValueInfo> outputs = onnx.bindOutputs();
    List<OnnxValueInfo> inputs =
        operations.inputValues().stream()
            .map(v -> new OnnxValueInfo(onnx.ownName(v), v.type()))
            .toList();
    String name = operations.name().isEmpty() ? "model" : operations.name();
    OnnxGraph graph =
        new OnnxGraph(name, inputs, onnx.constants().initializers(), onnx.finishedNodes(), outputs);
    String version =
        Objects.requireNonNullElse(OnnxExporter.class.getPackage().getImplementationVersion(), "");
    return new OnnxModel(
        options.irVersion(),
        options.opset(),
        onnx.otherOpsets(),
        PRODUCER,
        version,
        provenance,
        graph);
  }

  /** Tells once per type what is computed otherwise than the model says, or not at all. */
  private static void checkTypes(Graph operations, Problems problems) {
    Set<DataType> constants = EnumSet.noneOf(DataType.class);
    operations.constants().keySet().forEach(v -> constants.add(v.type().dtype()));
    for (DataType dtype : constants) {
      if (dtype == DataType.STRING || dtype.bits() < Byte.SIZE) {
        problems.error(
            ProblemCode.DTYPE_UNSUPPORTED,
            Place.UNKNOWN,
            "weights must have elements of whole bytes",
            dtype.kerasName(),
            "convert the weights to another type");
      }
    }
    Set<DataType> all = EnumSet.copyOf(constants);
    Stream.concat(
            operations.inputValues().stream(),
            operations.steps().stream().flatMap(s -> s.outputs().stream()))
        .map(Value::type)
        .forEach(type -> all.add(type.dtype()));
    for (DataType dtype : all) {
      if (OnnxPrecision.inside(dtype) != dtype) {
        problems.warning(
            ProblemCode.PRECISION_CHANGED,
            Place.UNKNOWN,
            "ONNX Runtime computes " + dtype.kerasName() + " models in float32",
            "",
            "expect differences of about "
                + (dtype == DataType.BFLOAT16 ? "4e-3" : "1e-7")
                + " relative to the largest number on the way");
      }
    }
  }
}
