package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.DataFormat;

/**
 * Images that a layer takes: in the model's own order where that is DL4J's with the channels last,
 * so that no axes are turned between two such layers.
 *
 * @param signal the images
 * @param format where they have their channels
 * @param isTurned whether DL4J has the channels first, and they have them last
 */
record Image(Signal signal, DataFormat format, boolean isTurned) {

  /** The first input of a layer that has its channels here. */
  static Image of(VertexReading vertex, DataFormat dl4j) {
    Signal input = vertex.input();
    boolean isTurned =
        input.view() == Signal.View.FEATURES_FIRST && dl4j == DataFormat.CHANNELS_FIRST;
    return isTurned
        ? new Image(Signal.same(input.value()), DataFormat.CHANNELS_LAST, true)
        : new Image(input, dl4j, false);
  }

  /** What the layer makes of them, as DL4J has it. */
  Signal again(Signal result) {
    boolean hasAxes = result.view() == Signal.View.SAME && result.rank() > 2;
    return isTurned && hasAxes ? new Signal(result.value(), Signal.View.FEATURES_FIRST) : result;
  }
}
