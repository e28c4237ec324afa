package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.SoftmaxLayer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Softmax to ActivationLayer, over the last axis; another is turned there and back, several become
 * one.
 */
final class SoftmaxLayerWriter implements LayerWriter<SoftmaxLayer> {

  @Override
  public String write(SoftmaxLayer layer, LayerCall call) {
    int rank = call.inputShape().rank();
    List<Integer> axes = layer.axis().counted(rank);
    if (axes.size() > 1) {
      return RowLayout.of(call, axes)
          .map(layout -> layout.array(layout.rows().activated("", Activations.SOFTMAX)))
          .orElseGet(call::input);
    }
    if (!call.require(axes.get(0) > 0, "must not go over the batch", axes)) {
      return call.input();
    }
    Dl4jObject softmax = LayerTemplates.activation(Activations.SOFTMAX);
    int axis = axes.get(0);
    if (axis == rank - 1) {
      return call.layer(softmax);
    }
    int[] swap = IntStream.range(1, rank).toArray();
    swap[axis - 1] = rank - 1;
    swap[rank - 2] = axis;
    String inner =
        call.network()
            .layer(
                call.name() + "/turned",
                softmax,
                List.of(),
                call.input(),
                PreProcessors.permute(swap));
    return call.network().preProcessor(call.name(), PreProcessors.permute(swap), inner);
  }
}
