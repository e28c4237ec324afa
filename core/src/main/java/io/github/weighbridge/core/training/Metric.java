package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Tree;

/**
 * What training reports beside the loss.
 *
 * @param kind how it was given
 * @param name Keras 3's name of the function or class, or {@code accuracy}, {@code acc}, {@code
 *     crossentropy} or {@code ce}, which Keras resolves by the loss; of a custom one, as the file
 *     has it
 * @param config its options, all of them, if it is a class of Keras; the whole of what the file has
 *     if it is not known here; else empty
 */
public record Metric(FunctionKind kind, String name, Tree config) {}
