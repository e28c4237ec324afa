package io.github.weighbridge.core.lowering;

/** What a graph of operations is for. */
public enum Mode {
  /** Predictions: dropout does nothing, statistics are those that were learned. */
  INFERENCE
}
