package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Layer;

/**
 * Writes the calls of one layer record. What DL4J cannot hold is told by {@link LayerCall#require}
 * and {@link LayerCall#refuse}; the writer may go on afterwards, so that a user hears of everything
 * at once.
 */
@FunctionalInterface
interface LayerWriter<L extends Layer> {

  /**
   * Adds what the call becomes.
   *
   * @return the vertex that has the call's output
   */
  String write(L layer, LayerCall call);

  /**
   * Where the writer can have the channels of a call's arrays. A writer that says nothing gets them
   * as Keras has them; one that says more asks the call for axes, formats and shapes.
   *
   * @param rank of the first input
   */
  default ChannelRule channels(L layer, int rank) {
    return ChannelRule.AS_KERAS;
  }
}
