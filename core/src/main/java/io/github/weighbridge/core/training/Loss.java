package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Tree;

/**
 * What training makes small: a loss of Keras, or one that is not known here.
 *
 * @param kind how it was given
 * @param name Keras 3's name of the function or class; of a custom one, as the file has it
 * @param config its options, all of them, if it is a class of Keras; the whole of what the file has
 *     if it is not known here; else empty
 */
public record Loss(FunctionKind kind, String name, Tree config) {

  /** The class of Keras 3 that computes it: {@code MeanSquaredError}, or the name if unknown. */
  public String className() {
    return kind == FunctionKind.FUNCTION ? TrainingCatalog.lossClass(name).orElse(name) : name;
  }
}
