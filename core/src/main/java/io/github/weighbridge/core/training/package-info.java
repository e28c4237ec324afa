/**
 * Training, as records. What a model was compiled with ({@link
 * io.github.weighbridge.core.training.Compilation}: optimizer, losses, metrics), and the
 * initializers, regularizers and constraints that the configuration of a layer names. Inference
 * carries all of it along.
 *
 * <p>The records have Keras 3's names and keys. What an older Keras computed otherwise is a value
 * of its own: where epsilon stands, how fast Nadam's momentum rises, whether gradients are clipped
 * one by one or together, a learning rate that decays.
 */
@NullMarked
package io.github.weighbridge.core.training;

import org.jspecify.annotations.NullMarked;
