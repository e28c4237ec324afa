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

/** Weighs what went over the bridge: the model and its conversion on the same random inputs. */
final class Weighing {

  private static final long SEED = 20_240_229;
  private static final Tolerance TOLERANCE = new Tolerance(1e-4, 1e-3);

  private Weighing() {}

  static Tolerance.Verdict compare(Model model, Path onnx) throws OrtException {
    Graph operations = ModelLowering.lower(model, LoweringOptions.DEFAULTS);
    List<Tensor> inputs = new RandomInputs(operations, SEED).draw();
    List<Tensor> expected;
    try (Session session = Session.of(model)) {
      expected = session.run(inputs);
    }
    try (OnnxRuntime runtime = new OnnxRuntime(onnx, 0)) {
      return TOLERANCE.compare(runtime.run(inputs), expected);
    }
  }
}
