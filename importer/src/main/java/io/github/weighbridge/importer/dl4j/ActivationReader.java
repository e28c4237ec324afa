package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.Axes;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.SoftmaxLayer;
import java.util.List;

/** ActivationLayer. */
final class ActivationReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    Activation activation = vertex.activation();
    Signal input = vertex.input();
    boolean softmax = activation.name().equals("softmax");
    Layer layer =
        softmax && input.view() == Signal.View.FEATURES_FIRST
            ? new SoftmaxLayer(new Axes(List.of(1), false), true)
            : new ActivationLayer(activation);
    return new Signal(vertex.call("", layer, input.value()), input.view());
  }
}
