package io.github.weighbridge.formats.keras;

import io.github.weighbridge.formats.hdf5.Hdf5Content;
import java.util.List;

/** Lays out weights by layer name, as {@link LayerWeightsReader} reads them. */
final class LayerWeightsWriter {

  private LayerWeightsWriter() {}

  /** The group that {@code layer_names} stands on. */
  static void write(KerasHdf5Weights weights, Hdf5Content group) {
    List<KerasWeights.Layer> layers = weights.weights().layers();
    group.texts(
        LayerWeightsReader.LAYER_NAMES, layers.stream().map(KerasWeights.Layer::name).toList());
    group.encodedText(Hdf5Container.BACKEND, weights.backend());
    group.encodedText(Hdf5Container.KERAS_VERSION, weights.kerasVersion());
    for (KerasWeights.Layer layer : layers) {
      writeNamed(layer.weights(), group.group(layer.name()));
    }
    writeNamed(weights.weights().topLevel(), group.group(LayerWeightsReader.TOP_LEVEL));
  }

  /** The optimizer's variables, at the root; Keras leaves the group out if there are none. */
  static void writeOptimizer(List<NamedWeight> weights, Hdf5Content root) {
    if (!weights.isEmpty()) {
      writeNamed(weights, root.group(LayerWeightsReader.OPTIMIZER_WEIGHTS));
    }
  }

  private static void writeNamed(List<NamedWeight> weights, Hdf5Content group) {
    group.texts(LayerWeightsReader.WEIGHT_NAMES, weights.stream().map(NamedWeight::name).toList());
    weights.forEach(weight -> group.dataset(weight.name(), weight.weight()));
  }
}
