package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a network's configuration says of the outputs of calls: which are used, and in Keras 3 their
 * types. That is all that is known of the outputs of unknown layers.
 */
final class StatedTypes {

  private final Map<Reference, TensorType> types = new HashMap<>();
  private final Map<String, Long> lastOutput = new HashMap<>();

  /** What the nodes and ends of a functional network say. */
  static StatedTypes of(LayerTree network) {
    StatedTypes stated = new StatedTypes();
    for (LayerTree layer : network.layers()) {
      layer.calls().forEach(stated::add);
    }
    network.config().get("output_layers").ifPresent(stated::add);
    return stated;
  }

  private void add(Tree tree) {
    for (Tree found : Reference.within(tree)) {
      Reference reference = Reference.of(found).orElseThrow();
      // What refers to a million outputs is damaged, and told as such where it is looked up.
      if (reference.output() < 1000) {
        lastOutput.merge(key(reference), reference.output(), Math::max);
      }
      type(found, reference.layer()).ifPresent(type -> types.put(reference, type));
    }
  }

  private static String key(Reference reference) {
    return reference.call() + ":" + reference.layer();
  }

  private static Optional<TensorType> type(Tree reference, String layer) {
    Tree.Obj config = reference.asObject().flatMap(r -> r.object("config")).orElse(Tree.object());
    Optional<DataType> dtype = config.text("dtype").flatMap(DataType::ofKerasName);
    Optional<Tree> shape = config.get("shape").filter(Tree::isArray);
    if (dtype.isEmpty() || shape.isEmpty()) {
      return Optional.empty();
    }
    List<Dim> dims = new ArrayList<>();
    for (Tree size : shape.get().items()) {
      int axis = dims.size();
      dims.add(
          size.asLong()
              .filter(n -> n >= 0)
              .map(Dim::of)
              .orElseGet(() -> Dim.symbolic(axis == 0 ? "batch" : layer + "_" + axis)));
    }
    return Optional.of(new TensorType(dtype.get(), new Shape(dims)));
  }

  /** How many outputs of a call are used, at least. */
  int usedOutputs(String layer, int call) {
    return (int) (lastOutput.getOrDefault(call + ":" + layer, 0L) + 1);
  }

  /** The stated types of a call's outputs, up to the first that is not stated. */
  List<TensorType> outputs(String layer, int call) {
    List<TensorType> outputs = new ArrayList<>();
    for (int i = 0; types.containsKey(new Reference(layer, call, i)); i++) {
      outputs.add(types.get(new Reference(layer, call, i)));
    }
    return outputs;
  }
}
