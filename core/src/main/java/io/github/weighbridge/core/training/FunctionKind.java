package io.github.weighbridge.core.training;

/** How a loss or metric was given to {@code compile}. */
public enum FunctionKind {
  /** By the name of a function of Keras, which has no options. */
  FUNCTION,
  /** As an object of a class of Keras. */
  CLASS,
  /** Something that is not known here. */
  CUSTOM
}
