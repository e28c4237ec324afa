package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Tree;

/**
 * An optimizer that is not known here: somebody's own, or one of several in one. Kept as the file
 * has it.
 *
 * @param className as the file names it, with the package that it is registered in
 * @param written the whole of what the file has
 */
public record CustomOptimizer(String className, Tree written) implements Optimizer {}
