package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.Axes;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.SoftmaxLayer;
import java.util.List;

/**
 * LossLayer, RnnLossLayer, CnnLossLayer and Cnn3DLossLayer: a function of each place's channels,
 * and a loss.
 */
final class LossReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    Activation activation = vertex.activation();
    ConfigObject config = vertex.config();
    Signal input = vertex.input();
    if (config.simpleClass().equals("RnnLossLayer")) {
      DataFormat format = vertex.format("rnnDataFormat", "NCW");
      Value result = vertex.call("", new ActivationLayer(activation), vertex.sequence(format));
      return VertexReading.sequence(result, format);
    }
    boolean first =
        switch (config.simpleClass()) {
          case "CnnLossLayer" -> vertex.format("format", "NCHW") == DataFormat.CHANNELS_FIRST;
          case "Cnn3DLossLayer" ->
              vertex.format("dataFormat", "NCDHW") == DataFormat.CHANNELS_FIRST;
          default -> false;
        };
    Layer layer =
        first && activation.name().equals("softmax")
            ? new SoftmaxLayer(new Axes(List.of(1), false), true)
            : new ActivationLayer(activation);
    return new Signal(vertex.call("", layer, input.value()), input.view());
  }
}
