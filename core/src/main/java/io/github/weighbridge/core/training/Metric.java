package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Tree;

/**
 * What training reports beside the loss.
 *
 * @param kind what it is
 * @param name Keras 3's class name, or {@code accuracy} or {@code acc}; of a custom one, as the
 *     file has it
 * @param config the options of a class, what it is reported as among them ({@code name}); of a
 *     custom one the whole of what the file has
 */
public record Metric(FunctionKind kind, String name, Tree config) {}
