package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.PoolingKind;
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
    Signal image = rank == 1 ? vertex.steps(format) : vertex.input();
    Window window = Window.of(vertex, rank, rank == 1 ? DataFormat.CHANNELS_LAST : format);
    PoolingKind kind =
        switch (config.text("poolingType")) {
          case "MAX" -> PoolingKind.MAX;
          case "AVG" -> PoolingKind.AVERAGE;
          default -> throw config.unsupported("poolingType", "must be MAX or AVG");
        };
    if (window.isPadded()) {
      throw config.unsupported("padding", "must be 0");
    }
    if (window.dilation().stream().anyMatch(d -> d != 1)) {
      throw config.unsupported("dilation", "must be 1");
    }
    Pooling layer =
        new Pooling(kind, window.size(), window.strides(), window.padding(), window.format());
    Signal result = vertex.on("", image, layer, Map.of());
    return rank == 1 ? vertex.stepsAgain(result, format) : result;
  }
}
