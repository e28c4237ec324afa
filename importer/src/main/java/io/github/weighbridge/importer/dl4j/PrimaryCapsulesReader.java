package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Map;

/**
 * PrimaryCapsules: a convolution whose results, channels first, are cut into capsules. Parameters:
 * kernel {@code [k..., in, out]}, bias.
 */
final class PrimaryCapsulesReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    Window window = Window.of(vertex, 2, DataFormat.CHANNELS_FIRST);
    int size = config.size("capsuleDimensions");
    int out = Math.multiplyExact(size, config.size("channels"));
    boolean hasBias = config.flag("hasBias", true);
    WeightRef kernel = vertex.take(window.kernel(config.size("inputChannels"), out));
    WeightRef bias = hasBias ? vertex.take(out) : null;
    WeightTerms terms = vertex.terms();
    Convolution layer =
        new Convolution(
            out,
            window.size(),
            window.strides(),
            window.padding(),
            window.format(),
            window.dilation(),
            1,
            activation(config),
            hasBias,
            terms.kernel(),
            terms.bias(),
            terms.kernelRegularizer(),
            terms.biasRegularizer(),
            null,
            null,
            null);
    Signal image = window.padded(vertex, vertex.input());
    Signal convolved =
        vertex.on("_convolution", image, layer, VertexReading.kernelAndBias(kernel, bias));
    Reshape capsules = new Reshape(List.of(config.size("capsules"), size));
    Value cut = vertex.array(vertex.on("_capsules", convolved, capsules, Map.of()));
    return Signal.same(Capsules.squashed(vertex, cut));
  }

  private static Activation activation(ConfigObject config) {
    double leak = config.number("leak", 0);
    return !config.flag("useRelu", false)
        ? Activation.LINEAR
        : leak == 0
            ? Activation.of("relu")
            : new Activation("leaky_relu", Map.of("negative_slope", leak));
  }
}
