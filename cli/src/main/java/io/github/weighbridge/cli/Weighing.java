package io.github.weighbridge.cli;

import ai.onnxruntime.OrtException;
import io.github.weighbridge.api.Models;
import io.github.weighbridge.api.TargetFormat;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.lowering.LoweringOptions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.runtime.Session;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weighs what went over the bridge: compares a model with what it was converted to. */
interface Weighing {

  /**
   * What the comparison of a model with what it was written as found.
   *
   * @param weights where the weights are, if they are not in the file
   */
  Tolerance.Verdict compare(Model model, Path written, @Nullable Path weights) throws OrtException;

  /** Whether a model that is written in a format can be run. */
  static boolean isRun(TargetFormat format, @Nullable Path weights) {
    return weights != null || (format != TargetFormat.JSON && format != TargetFormat.YAML);
  }

  /** Compares what both compute from the same random inputs. */
  static Tolerance.Verdict byRunning(Model model, Path written, @Nullable Path weights)
      throws OrtException {
    Graph operations = ModelLowering.lower(model, LoweringOptions.DEFAULTS);
    List<Tensor> inputs = new RandomInputs(operations, 20_240_229).draw();
    List<Tensor> expected;
    try (Session session = Session.of(model)) {
      expected = session.run(inputs);
    }
    return new Tolerance(1e-4, 1e-3).compare(run(written, weights, inputs), expected);
  }

  private static List<Tensor> run(Path written, @Nullable Path weights, List<Tensor> inputs)
      throws OrtException {
    if (written.toString().endsWith(".onnx")) {
      try (OnnxRuntime runtime = new OnnxRuntime(written, 0)) {
        return runtime.run(inputs);
      }
    }
    try (Model again =
            weights == null
                ? Models.open(written)
                : Models.open(written, weights, KerasImportOptions.DEFAULTS);
        Session session = Session.of(again)) {
      return session.run(inputs);
    }
  }
}
