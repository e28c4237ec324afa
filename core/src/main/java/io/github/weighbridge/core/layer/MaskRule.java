package io.github.weighbridge.core.layer;

/** How the masks of several inputs become one; Keras changed its mind. */
public enum MaskRule {
  /** A step counts where it does in every input that has a mask (Keras 1 and 2). */
  ALL,
  /** A step counts where it does in any input; none is masked if an input has no mask (Keras 3). */
  ANY,
  /** No step is masked (Keras 3 up to 3.3). */
  NONE
}
