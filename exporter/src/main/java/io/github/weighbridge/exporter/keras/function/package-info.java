/**
 * Functions of one generation of Keras in terms of those of another: where TensorFlow has a
 * function that {@code keras.ops} has not, or the other way round, the model is rewritten with
 * calls that compute the same.
 */
@NullMarked
package io.github.weighbridge.exporter.keras.function;

import org.jspecify.annotations.NullMarked;
