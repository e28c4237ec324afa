package io.github.weighbridge.core.layer;

/** How Keras pads an image under a moving window. */
public enum WindowPadding {
  /** Not at all. */
  VALID,
  /** So that the output has {@code ceil(in / stride)} elements; the odd one at the end. */
  SAME,
  /**
   * What "same" is in models that Theano ran: as many outputs as {@link #SAME}, but half of the
   * window before the image always, so that windows lie elsewhere where strides or sizes are even.
   */
  HALF,
  /** Before the image only, so that no output sees a later step; Conv1D. */
  CAUSAL
}
