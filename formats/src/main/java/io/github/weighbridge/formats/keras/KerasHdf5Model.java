package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import java.util.Optional;

/**
 * What an HDF5 file of a whole model holds, in the spelling of the Keras that is to read it.
 *
 * @param config the model: {@code class_name} and {@code config}
 * @param trainingConfig what {@code compile} was given
 * @param weights by layer
 * @param optimizerWeights the optimizer's variables, in its own order
 */
public record KerasHdf5Model(
    Tree.Obj config,
    Optional<Tree.Obj> trainingConfig,
    KerasHdf5Weights weights,
    List<NamedWeight> optimizerWeights) {

  /** Copies the list. */
  public KerasHdf5Model {
    optimizerWeights = List.copyOf(optimizerWeights);
  }
}
