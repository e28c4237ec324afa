package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.util.Map;

/**
 * Convolution1DLayer, ConvolutionLayer and Convolution3D. Parameters: bias, then the kernel as
 * {@code [out, in, k...]}; in 1-D {@code [k, in, out]} from 1.0.0-M1.1 on, as which DL4J uses its
 * bytes.
 */
final class ConvolutionReader implements VertexReader {

  private final int rank;

  ConvolutionReader(int rank) {
    this.rank = rank;
  }

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    DataFormat format =
        switch (rank) {
          case 1 -> vertex.format("rnnDataFormat", "NCW");
          case 2 -> vertex.format("cnn2dDataFormat", "NCHW");
          default -> vertex.format("dataFormat", "NCDHW");
        };
    Image image =
        rank == 1
            ? new Image(vertex.steps(format), DataFormat.CHANNELS_LAST, false)
            : Image.of(vertex, format);
    Window window = Window.of(vertex, rank, image.format());
    long in = config.size("nin");
    long out = config.size("nout");
    boolean hasBias = config.flag("hasBias", true);
    WeightRef bias = hasBias ? vertex.take(out) : null;
    WeightRef kernel =
        switch (rank) {
          case 1 ->
              config.flag(Dl4jDialect.STEPS_FIRST, true)
                  ? vertex.take(window.kernel(in, out))
                  : vertex.take(window.behind(out, in)).transposed(2, 1, 0);
          case 2 -> vertex.take(window.behind(out, in)).transposed(2, 3, 1, 0);
          default -> vertex.take(window.behind(out, in)).transposed(2, 3, 4, 1, 0);
        };
    Map<String, WeightRef> weights = VertexReading.kernelAndBias(kernel, bias);
    WeightTerms terms = vertex.terms();
    Convolution layer =
        new Convolution(
            (int) out,
            window.size(),
            window.strides(),
            window.padding(),
            window.format(),
            window.dilation(),
            1,
            vertex.activation(),
            hasBias,
            terms.kernel(),
            terms.bias(),
            terms.kernelRegularizer(),
            terms.biasRegularizer(),
            null,
            terms.constraint("W", axes(config)),
            terms.constraint("b", 0));
    Signal result = vertex.on("", window.padded(vertex, image.signal()), layer, weights);
    return rank == 1 ? vertex.stepsAgain(result, format) : image.again(result);
  }

  /**
   * Of the kernel in Keras, by those of W; as M1.1 takes W in 1-D, its axes are none of Keras's.
   */
  private int[] axes(ConfigObject config) {
    return switch (rank) {
      case 1 ->
          config.flag(Dl4jDialect.STEPS_FIRST, true)
              ? new int[] {}
              : new int[] {2, 1, 0, Constraints.NO_AXIS};
      case 2 -> new int[] {3, 2, 0, 1};
      default -> new int[] {4, 3, 0, 1, 2};
    };
  }
}
