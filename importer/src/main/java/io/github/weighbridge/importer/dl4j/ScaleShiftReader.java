package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.layer.Rescaling;

/** ScaleVertex and ShiftVertex: every element times a number, or plus one. */
final class ScaleShiftReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    double scale = vertex.config().number("scaleFactor", 1);
    double offset = vertex.config().number("shiftFactor", 0);
    Signal input = vertex.input();
    Rescaling layer = new Rescaling(Numbers.of(scale), Numbers.of(offset), true);
    return new Signal(vertex.call("", layer, input.value()), input.view());
  }
}
