package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.layer.WindowPadding;
import java.util.Map;

/** Subsampling1DLayer, SubsamplingLayer and Subsampling3DLayer. */
final class SubsamplingReader implements VertexReader {

  private final int rank;

  SubsamplingReader(int rank) {
    this.rank = rank;
  }

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    DataFormat format =
        switch (rank) {
          // Without a property of its own, a sequence comes as the layer before it has left it.
          case 1 ->
              vertex.input().view() == Signal.View.SAME
                      && config.text("cnn2dDataFormat", "NCHW").equals("NHWC")
                  ? DataFormat.CHANNELS_LAST
                  : DataFormat.CHANNELS_FIRST;
          case 2 -> vertex.format("cnn2dDataFormat", "NCHW");
          default -> vertex.format("dataFormat", "NCDHW");
        };
    Image image =
        rank == 1
            ? new Image(vertex.steps(format), DataFormat.CHANNELS_LAST, false)
            : Image.of(vertex, format);
    Window window = Window.of(vertex, rank, image.format());
    boolean dilated = window.dilation().stream().anyMatch(d -> d != 1);
    Signal result =
        dilated
            ? Signal.same(dilated(vertex, config, vertex.array(image.signal()), window))
            : pooled(vertex, config, image.signal(), window);
    return rank == 1 ? vertex.stepsAgain(result, format) : image.again(result);
  }

  private Value dilated(VertexReading vertex, ConfigObject config, Value image, Window window) {
    DilatedPooling pooling = DilatedPooling.of(vertex, window, image);
    return switch (type(config)) {
      case "MAX" -> pooling.max(image);
      case "AVG" -> pooling.mean(image, divided(config));
      case "SUM" -> pooling.sum(image);
      case "PNORM" -> pooling.norm(image, config.size("pnorm"));
      default -> throw config.invalid("poolingType", "must be a pooling type of DL4J");
    };
  }

  /** Of volumes DL4J knows the largest element, and takes the mean for all else. */
  private String type(ConfigObject config) {
    String type = config.text("poolingType");
    return rank == 3 && !type.equals("MAX") ? "AVG" : type;
  }

  private boolean divided(ConfigObject config) {
    return rank < 3 && config.flag("avgPoolIncludePadInDivisor", true);
  }

  private Signal pooled(VertexReading vertex, ConfigObject config, Signal image, Window window) {
    return switch (type(config)) {
      case "MAX" ->
          window.isPadded()
              ? Signal.same(new ComposedPooling(vertex, window).max(vertex.array(image)))
              : plain(vertex, image, PoolingKind.MAX, window);
      case "AVG" -> mean(vertex, image, window, divided(config));
      case "SUM" -> Signal.same(zeroPadded(vertex, image, window).sum(vertex.array(image)));
      case "PNORM" ->
          Signal.same(
              zeroPadded(vertex, image, window).norm(vertex.array(image), config.size("pnorm")));
      default -> throw config.invalid("poolingType", "must be a pooling type of DL4J");
    };
  }

  private static Signal mean(VertexReading vertex, Signal image, Window window, boolean divided) {
    if (!window.isPadded() && (window.padding() == WindowPadding.VALID || !divided)) {
      return plain(vertex, image, PoolingKind.AVERAGE, window);
    }
    Value array = vertex.array(image);
    return Signal.same(
        divided
            ? zeroPadded(vertex, image, window).mean(array)
            : new ComposedPooling(vertex, window).meanWithoutPadding(array));
  }

  private static Signal plain(VertexReading vertex, Signal image, PoolingKind kind, Window window) {
    Pooling layer =
        new Pooling(kind, window.size(), window.strides(), window.padding(), window.format());
    return vertex.on("", image, layer, Map.of());
  }

  private static ComposedPooling zeroPadded(VertexReading vertex, Signal image, Window window) {
    return new ComposedPooling(vertex, window.withAmounts(vertex.array(image).type().shape()));
  }
}
