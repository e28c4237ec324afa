package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code Gather}; within each batch {@code GatherND}, whose indices stand in an axis of their own.
 */
final class GatherToOnnx implements OnnxTranslator<Gather> {

  @Override
  public void translate(Gather op, Step step, OnnxContext onnx) {
    DataType indexType = onnx.dtype(step.operand(1));
    boolean taken = indexType == DataType.INT32 && op.batchDims() == 0;
    String indices =
        taken ? onnx.in(step, 1) : onnx.cast(step, onnx.in(step, 1), indexType, DataType.INT64);
    if (op.batchDims() == 0) {
      onnx.result(
          step,
          "Gather",
          List.of(onnx.in(step, 0), indices),
          Map.of("axis", OnnxAttribute.of(op.axis())));
    } else if (op.batchDims() == 1) {
      withinBatch(op, step, onnx, indices);
    } else {
      onnx.unsupported(step, "must have at most one batch axis", op.batchDims() + " of them", "");
    }
  }

  /** GatherND looks at the axis after the batch, so the one that is indexed moves there. */
  private static void withinBatch(Gather op, Step step, OnnxContext onnx, String indices) {
    int rank = step.operand(0).type().rank();
    int width = step.operand(1).type().rank() - 1;
    String data = onnx.in(step, 0);
    if (op.axis() != 1) {
      data = onnx.transposed(step, data, moved(rank, op.axis(), 1, 1));
    }
    String tuples = onnx.node(step, "Unsqueeze", indices, onnx.ints(width + 1));
    String gathered =
        onnx.node(
            step, "GatherND", List.of(data, tuples), Map.of("batch_dims", OnnxAttribute.of(1)));
    if (op.axis() != 1) {
      gathered = onnx.transposed(step, gathered, moved(rank - 1 + width, 1, op.axis(), width));
    }
    onnx.bind(step.output(), gathered);
  }

  /**
   * The order of axes in which {@code count} axes from {@code from} on come to stand at {@code to}.
   */
  private static int[] moved(int rank, int from, int to, int count) {
    List<Integer> others = new ArrayList<>();
    List<Integer> block = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      (axis >= from && axis < from + count ? block : others).add(axis);
    }
    others.addAll(to, block);
    return others.stream().mapToInt(Integer::intValue).toArray();
  }
}
