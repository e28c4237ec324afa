package io.github.weighbridge.cli;

import ai.onnxruntime.OrtException;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.lowering.LoweringOptions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.runtime.Session;
import java.nio.file.Path;
import java.util.List;

/** Weighs what went over the bridge: compares a model with what it was converted to. */
interface Weighing {

  /** What the comparison of a model with its ONNX file found. */
  Tolerance.Verdict compare(Model model, Path onnx) throws OrtException;

  /** Compares what both compute from the same random inputs. */
  static Tolerance.Verdict byRunning(Model model, Path onnx) throws OrtException {
    Graph operations = ModelLowering.lower(model, LoweringOptions.DEFAULTS);
    List<Tensor> inputs = new RandomInputs(operations, 20_240_229).draw();
    List<Tensor> expected;
    try (Session session = Session.of(model)) {
      expected = session.run(inputs);
    }
    try (OnnxRuntime runtime = new OnnxRuntime(onnx, 0)) {
      return new Tolerance(1e-4, 1e-3).compare(runtime.run(inputs), expected);
    }
  }
}
