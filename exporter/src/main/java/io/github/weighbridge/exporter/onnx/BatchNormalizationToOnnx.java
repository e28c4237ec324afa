package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code BatchNormalization} for channels at axis 1. At another axis a scale and a shift, computed
 * from the statistics beforehand: that needs no transposes.
 */
final class BatchNormalizationToOnnx implements OnnxTranslator<BatchNormalization> {

  @Override
  public void translate(BatchNormalization op, Step step, OnnxContext onnx) {
    if (op.axis() == 1) {
      onnx.result(
          step,
          "BatchNormalization",
          step.inputs().stream().map(onnx::name).toList(),
          // Always written: the default is a hundredth of Keras's.
          Map.of("epsilon", OnnxAttribute.of(op.epsilon())));
      return;
    }
    List<WeightRef> statistics = new ArrayList<>();
    for (Value operand : step.inputs().subList(1, 5)) {
      Optional<WeightRef> constant = onnx.constantOf(operand);
      if (constant.isEmpty()) {
        onnx.unsupported(
            step,
            "gamma, beta, mean and variance must be weights where the axis is not 1",
            "'" + operand.name() + "' computed by the model, axis " + op.axis(),
            "");
        return;
      }
      statistics.add(constant.get());
    }
    scaleAndShift(op, step, onnx, statistics);
  }

  private static void scaleAndShift(
      BatchNormalization op, Step step, OnnxContext onnx, List<WeightRef> statistics) {
    DataType dtype = onnx.dtype(step.output());
    // A vector that broadcasts along the axis: as many axes of size 1 follow.
    int behind = step.operand(0).type().rank() - op.axis() - 1;
    List<Long> sizes = new ArrayList<>(Collections.nCopies(behind + 1, 1L));
    sizes.set(0, statistics.get(0).count());
    long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
    WeightRef scale =
        WeightRef.mapped(
                dtype,
                w -> w[0] / Math.sqrt(w[1] + op.epsilon()),
                List.of(statistics.get(0), statistics.get(3)))
            .reshaped(shape);
    WeightRef shift =
        WeightRef.mapped(
                dtype, w -> w[1] - w[2] * w[0] / Math.sqrt(w[3] + op.epsilon()), statistics)
            .reshaped(shape);
    List<Object> key = List.of(step.inputs().subList(1, 5), op, behind);
    String scaleName =
        onnx.constants().derived(List.of(key, "scale"), step.name() + "/scale", () -> scale);
    String shiftName =
        onnx.constants().derived(List.of(key, "shift"), step.name() + "/shift", () -> shift);
    String scaled = onnx.node(step, "Mul", onnx.in(step, 0), scaleName);
    onnx.result(step, "Add", List.of(scaled, shiftName), Map.of());
  }
}
