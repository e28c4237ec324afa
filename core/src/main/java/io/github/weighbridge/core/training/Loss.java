package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Tree;

/**
 * What training makes small: a loss of Keras, or one that is not known here.
 *
 * @param kind what it is
 * @param name Keras 3's class name, or {@code CosineProximity}, which Keras before 2.0.9 had: the
 *     mean over the last axis where CosineSimilarity has the sum. Of others, as the file has it
 * @param config every option of a class; of a custom one the whole of what the file has
 */
public record Loss(FunctionKind kind, String name, Tree config) {}
