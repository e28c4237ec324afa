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
}
