/**
 * The vocabulary of layers: what Keras and DL4J speak. One record per layer or family, its
 * components named as Keras 3 names the configuration keys, in camelCase; {@link
 * io.github.weighbridge.core.layer.LayerCatalog} lists them all.
 */
@NullMarked
package io.github.weighbridge.core.layer;

import org.jspecify.annotations.NullMarked;
