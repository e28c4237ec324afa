package io.github.weighbridge.core.model;

import io.github.weighbridge.core.graph.LayerId;

/**
 * Which weight of a model is meant.
 *
 * @param layer the instance that has it
 * @param weight its name within the layer
 */
public record WeightId(LayerId layer, String weight) {
  @Override
  public String toString() {
    return layer + "/" + weight;
  }
}
