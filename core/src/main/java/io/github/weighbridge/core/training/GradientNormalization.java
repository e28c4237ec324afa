package io.github.weighbridge.core.training;

/**
 * What is done with the gradients of a layer before its optimizer sees them. DL4J says it layer by
 * layer; Keras clips for all layers at once, see {@link OptimizerOptions}.
 *
 * @param kind what is done
 * @param threshold from which norm or value on gradients are clipped; counts for nothing where they
 *     are not
 */
public record GradientNormalization(Kind kind, double threshold) {

  /** Gradients as they are. */
  public static final GradientNormalization NONE = new GradientNormalization(Kind.NONE, 1);

  /** What is done with gradients. */
  public enum Kind {
    NONE,
    /** Divided by the norm of all gradients of the layer. */
    RENORMALIZE_L2_PER_LAYER,
    /** Those of each weight divided by their norm. */
    RENORMALIZE_L2_PER_PARAM_TYPE,
    /** Each number held between minus threshold and threshold; Keras's {@code clipvalue}. */
    CLIP_ELEMENT_WISE_ABSOLUTE_VALUE,
    /** The norm of all gradients of the layer held below the threshold. */
    CLIP_L2_PER_LAYER,
    /** The norm of those of each weight held below the threshold; Keras's {@code clipnorm}. */
    CLIP_L2_PER_PARAM_TYPE
  }
}
