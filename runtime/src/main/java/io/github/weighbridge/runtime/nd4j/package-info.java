/**
 * The door to ND4J's native library: memory, arrays and prebuilt calls. The only package that
 * touches ND4J's types; nothing here builds an {@code INDArray} or starts ND4J's Java side, which
 * costs more start time than most small models need to run.
 *
 * <p>Internal: not part of the public API.
 */
@NullMarked
package io.github.weighbridge.runtime.nd4j;

import org.jspecify.annotations.NullMarked;
