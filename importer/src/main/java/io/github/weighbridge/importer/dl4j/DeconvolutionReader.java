package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Cropping;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Deconvolution2D and Deconvolution3D. Parameters: bias, then the kernel as {@code [in, out, kh,
 * kw]}; in 3-D {@code [kd, kh, kw, out, in]}.
 */
final class DeconvolutionReader implements VertexReader {

  private final int rank;

  DeconvolutionReader(int rank) {
    this.rank = rank;
  }

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    DataFormat format =
        rank == 2 ? vertex.format("cnn2dDataFormat", "NCHW") : vertex.format("dataFormat", "NCDHW");
    Window window = Window.of(vertex, rank, format);
    long in = config.size("nin");
    long out = config.size("nout");
    boolean hasBias = config.flag("hasBias", true);
    WeightRef bias = hasBias ? vertex.take(out) : null;
    WeightRef kernel =
        rank == 2
            ? vertex.take(window.behind(in, out)).transposed(2, 3, 1, 0)
            : vertex.take(window.kernel(out, in));
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("kernel", kernel);
    if (bias != null) {
      weights.put("bias", bias);
    }
    WeightTerms terms = new WeightTerms(config);
    TransposedConvolution layer =
        new TransposedConvolution(
            (int) out,
            window.size(),
            window.strides(),
            window.padding(),
            // None: DL4J's result has (in - 1) stride + size elements, where Keras's has more for
            // strides beyond the size.
            null,
            null,
            format,
            window.dilation(),
            window.isPadded() ? Activation.LINEAR : vertex.activation(),
            hasBias,
            terms.kernel(),
            terms.bias(),
            terms.kernelRegularizer(),
            terms.biasRegularizer(),
            null,
            null,
            null);
    for (int i = 0; i < rank; i++) {
      int extent = (window.size().get(i) - 1) * window.dilation().get(i) + 1;
      if (window.strides().get(i) > extent && window.padding() == WindowPadding.VALID) {
        throw config.unsupported("stride", "must not exceed the kernel");
      }
    }
    String suffix = window.isPadded() ? "_full" : "";
    Signal full = vertex.on(suffix, vertex.input(), layer, weights);
    if (!window.isPadded()) {
      return full;
    }
    // What a convolution is given around its image, its transpose cuts off.
    Signal cut = vertex.on("", full, new Cropping(window.amounts(), format), Map.of());
    return vertex.activated(cut, vertex.activation());
  }
}
