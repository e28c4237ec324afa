package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** {@code Conv}: kernels turn from {@code [k..., in, out]} to {@code [out, in, k...]}. */
final class ConvToOnnx implements OnnxTranslator<Conv> {

  @Override
  public void translate(Conv op, Step step, OnnxContext onnx) {
    WindowAttributes.requireChannelsFirst(step, op.channelAxis());
    Map<String, OnnxAttribute> attributes = WindowAttributes.of(op.window(), step, onnx);
    attributes.put("group", OnnxAttribute.of(op.groups()));
    onnx.result(
        step,
        "Conv",
        List.of(
            onnx.in(step, 0),
            onnx.transposed(step, step.operand(1), kernelOrder(op.window().rank())),
            onnx.inOrNone(step, 2)),
        attributes);
  }

  /** The last two axes of a kernel exchanged and moved before the others. */
  static int[] kernelOrder(int rank) {
    int[] perm = new int[rank + 2];
    perm[0] = rank + 1;
    perm[1] = rank;
    for (int i = 0; i < rank; i++) {
      perm[i + 2] = i;
    }
    return perm;
  }
}
