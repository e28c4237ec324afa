package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Cropping;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
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
    Image image = Image.of(vertex, format);
    Window window = Window.of(vertex, rank, image.format());
    requireReach(vertex, window);
    long in = config.size("nin");
    long out = config.size("nout");
    boolean hasBias = config.flag("hasBias", true);
    WeightRef bias = hasBias ? vertex.take(out) : null;
    WeightRef kernel =
        rank == 2
            ? vertex.take(window.behind(in, out)).transposed(2, 3, 1, 0)
            : vertex.take(window.kernel(out, in));
    Map<String, WeightRef> weights = VertexReading.kernelAndBias(kernel, bias);
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
            image.format(),
            window.dilation(),
            cut(window).stream().allMatch(margin -> margin.get(0) + margin.get(1) == 0)
                ? vertex.activation()
                : Activation.LINEAR,
            hasBias,
            terms.kernel(),
            terms.bias(),
            terms.kernelRegularizer(),
            terms.biasRegularizer(),
            null,
            null,
            null);
    List<List<Integer>> cut = cut(window);
    boolean isCut = cut.stream().anyMatch(margin -> margin.get(0) + margin.get(1) > 0);
    String suffix = isCut ? "_full" : "";
    Signal full = vertex.on(suffix, image.signal(), layer, weights);
    if (!isCut) {
      return image.again(full);
    }
    Signal rest = vertex.on("", full, new Cropping(cut, image.format()), Map.of());
    return vertex.activated(image.again(rest), vertex.activation());
  }

  /**
   * With Same, DL4J moves windows by {@code (size - stride) / 2}, also where that is before the
   * first element; Keras begins there.
   */
  private static void requireReach(VertexReading vertex, Window window) {
    for (int i = 0; i < window.size().size(); i++) {
      int extent = (window.size().get(i) - 1) * window.dilation().get(i) + 1;
      if (window.padding() == WindowPadding.SAME && window.strides().get(i) - extent > 1) {
        throw vertex.refusal(
            "must have windows that are at most one element smaller than the strides in mode Same",
            "size " + window.size() + ", strides " + window.strides());
      }
    }
  }

  /**
   * What is cut off: what a convolution is given around its image, and what Keras has behind the
   * last place of a window that is smaller than the strides.
   */
  private static List<List<Integer>> cut(Window window) {
    List<List<Integer>> cut = new ArrayList<>();
    for (int i = 0; i < window.size().size(); i++) {
      int extent = (window.size().get(i) - 1) * window.dilation().get(i) + 1;
      boolean valid = window.padding() == WindowPadding.VALID;
      int behind = valid ? Math.max(0, window.strides().get(i) - extent) : 0;
      List<Integer> amounts = window.amounts().get(i);
      cut.add(List.of(amounts.get(0), amounts.get(1) + behind));
    }
    return cut;
  }
}
