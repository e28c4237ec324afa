package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.util.Map;

/**
 * DepthwiseConvolution2D. Parameters: bias, then the kernel as {@code [kh, kw, in, multiplier]}; up
 * to 1.0.0-beta2 {@code [multiplier, in, kh, kw]}.
 */
final class DepthwiseConvolutionReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    Image image = Image.of(vertex, vertex.format("cnn2dDataFormat", "NCHW"));
    Window window = Window.of(vertex, 2, image.format());
    long in = config.size("nin");
    int multiplier = config.size("depthMultiplier");
    boolean hasBias = config.flag("hasBias", true);
    WeightRef bias = hasBias ? vertex.take(Math.multiplyExact(in, multiplier)) : null;
    WeightRef kernel =
        config.flag(Dl4jDialect.MULTIPLIER_FIRST, false)
            ? vertex.take(window.behind(multiplier, in)).transposed(2, 3, 1, 0)
            : vertex.take(window.kernel(in, multiplier));
    Map<String, WeightRef> weights = VertexReading.kernelAndBias(kernel, bias);
    WeightTerms terms = vertex.terms();
    DepthwiseConvolution layer =
        new DepthwiseConvolution(
            window.size(),
            window.strides(),
            window.padding(),
            multiplier,
            image.format(),
            window.dilation(),
            vertex.activation(),
            hasBias,
            terms.kernel(),
            terms.bias(),
            terms.kernelRegularizer(),
            terms.biasRegularizer(),
            null,
            config.flag(Dl4jDialect.MULTIPLIER_FIRST, false)
                ? terms.constraint("W", 3, 2, 0, 1)
                : terms.constraint("W", 0, 1, 2, 3),
            terms.constraint("b", 0));
    return image.again(vertex.on("", window.padded(vertex, image.signal()), layer, weights));
  }
}
