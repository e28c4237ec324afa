package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SeparableConvolution2D. Parameters: bias, depthwise kernel {@code [multiplier, in, kh, kw]},
 * pointwise kernel {@code [out, in multiplier, 1, 1]}.
 */
final class SeparableConvolutionReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    Image image = Image.of(vertex, vertex.format("cnn2dDataFormat", "NCHW"));
    Window window = Window.of(vertex, 2, image.format());
    long in = config.size("nin");
    long out = config.size("nout");
    int multiplier = config.size("depthMultiplier", 1);
    boolean hasBias = config.flag("hasBias", true);
    WeightRef bias = hasBias ? vertex.take(out) : null;
    WeightRef depthwise = vertex.take(window.behind(multiplier, in)).transposed(2, 3, 1, 0);
    WeightRef pointwise =
        vertex.take(out, Math.multiplyExact(in, multiplier), 1, 1).transposed(2, 3, 1, 0);
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("depthwise_kernel", depthwise);
    weights.put("pointwise_kernel", pointwise);
    if (bias != null) {
      weights.put("bias", bias);
    }
    WeightTerms terms = vertex.terms();
    SeparableConvolution layer =
        new SeparableConvolution(
            (int) out,
            window.size(),
            window.strides(),
            window.padding(),
            image.format(),
            window.dilation(),
            multiplier,
            vertex.activation(),
            hasBias,
            terms.kernel(),
            terms.kernel(),
            terms.bias(),
            terms.kernelRegularizer(),
            terms.kernelRegularizer(),
            terms.biasRegularizer(),
            null,
            terms.constraint("W", 3, 2, 0, 1),
            terms.constraint("pW", 3, 2, 0, 1),
            terms.constraint("b", 0));
    return image.again(vertex.on("", window.padded(vertex, image.signal()), layer, weights));
  }
}
