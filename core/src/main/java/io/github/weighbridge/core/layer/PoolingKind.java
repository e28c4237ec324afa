package io.github.weighbridge.core.layer;

/** What a pooling layer takes of a window. */
public enum PoolingKind {
  MAX,
  AVERAGE
}
