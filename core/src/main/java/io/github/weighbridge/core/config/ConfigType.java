package io.github.weighbridge.core.config;

import java.util.function.Function;

/**
 * How values of a type of our own (an activation, a data format) stand in a configuration.
 *
 * @param type the Java type
 * @param expected what is expected, for messages ("an activation name")
 * @param reader tree to value; throws {@link IllegalArgumentException} for a tree that is none
 * @param writer value to tree
 */
public record ConfigType<T>(
    Class<T> type, String expected, Function<Tree, T> reader, Function<T, Tree> writer) {}
