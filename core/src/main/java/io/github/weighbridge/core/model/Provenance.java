package io.github.weighbridge.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a model came from.
 *
 * @param file as the user named it
 * @param format as {@code keras-h5}, {@code keras}, {@code dl4j}
 * @param generation for people: {@code Keras 3}, {@code tf.keras 2}
 * @param version of the program that wrote it, if the file tells
 * @param backend of that program, if the file tells
 */
public record Provenance(
    String file,
    String format,
    String generation,
    @Nullable String version,
    @Nullable String backend) {}
