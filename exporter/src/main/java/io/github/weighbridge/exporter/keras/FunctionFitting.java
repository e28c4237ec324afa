package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problems;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brings the functions of a model to what a generation of Keras has: each call of another one
 * becomes calls that compute the same. A function that is the other generation's under another name
 * stays: the dialects know it.
 */
final class FunctionFitting {

  private FunctionFitting() {}

  /**
   * The model with functions of {@code keras.ops} for those of TensorFlow, or the other way round.
   *
   * @param keras3 whether the functions are to be those of {@code keras.ops}
   * @param problems takes why a call cannot be one
   */
  static Model fit(Model model, boolean keras3, Problems problems) {
    ComposedCalls compositions = keras3 ? ComposedCalls.ofKeras3() : ComposedCalls.ofTensorFlow();
    boolean any =
        model.layers().stream()
            .anyMatch(
                layer ->
                    layer.layer() instanceof KerasOperation operation
                        && compositions.has(operation.function().name()));
    if (!any) {
      return model;
    }
    Map<LayerId, LayerInstance> layers = new LinkedHashMap<>();
    model.layers().forEach(layer -> layers.put(layer.id(), layer));
    LayerNamer names = new LayerNamer(layers);
    for (LayerInstance layer : model.layers()) {
      if (layer.layer() instanceof Network network) {
        GraphFitting graph = new GraphFitting(model, layers, names, compositions, problems);
        layers.put(layer.id(), layer.withLayer(graph.fit(network)));
      }
    }
    GraphFitting graph = new GraphFitting(model, layers, names, compositions, problems);
    Network root = graph.fit(model.network());
    return model.withNetwork(root, layers.values());
  }
}
