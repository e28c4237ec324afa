package io.github.weighbridge.core.training;

/** What a loss or metric is. */
public enum FunctionKind {
  /** A name that Keras 3 resolves by the output: {@code accuracy}, {@code crossentropy}. */
  SHORTCUT,
  /** An object of a class of Keras. */
  CLASS,
  /** Something that is not known here. */
  CUSTOM
}
