package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/**
 * {@code ConvTranspose}: kernels turn from {@code [k..., out, in]} to {@code [in, out, k...]}.
 * Never by {@code auto_pad}, whose meaning runtimes disagree on.
 */
final class ConvTransposeToOnnx implements OnnxTranslator<ConvTranspose> {

  @Override
  public void translate(ConvTranspose op, Step step, OnnxContext onnx) {
    WindowAttributes.requireChannelsFirst(step, op.channelAxis());
    Map<String, OnnxAttribute> attributes = WindowAttributes.of(op.window(), step, onnx);
    attributes.put("output_padding", OnnxAttribute.ofInts(op.outputPadding()));
    onnx.result(
        step,
        "ConvTranspose",
        List.of(
            onnx.in(step, 0),
            onnx.transposed(step, step.operand(1), ConvToOnnx.kernelOrder(op.window().rank())),
            onnx.inOrNone(step, 2)),
        attributes);
  }
}
