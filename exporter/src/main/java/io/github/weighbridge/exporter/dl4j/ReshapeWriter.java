package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.tensor.Shape;

/** Reshape to a preprocessor. */
final class ReshapeWriter implements LayerWriter<Reshape> {

  @Override
  public String write(Reshape layer, LayerCall call) {
    Shape from = call.inputShape();
    Shape to = call.outputShape();
    boolean known = from.slice(1, from.rank()).isFixed() && to.slice(1, to.rank()).isFixed();
    return call.require(known, "must have an input of known sizes", from)
        ? call.preProcessed(PreProcessors.reshape(from, to))
        : call.input();
  }
}
