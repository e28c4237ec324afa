/**
 * Keras files as models: configurations become layers, nodes become calls, weights find their
 * layers. The door is {@link io.github.weighbridge.importer.keras.KerasImporter}.
 */
@NullMarked
package io.github.weighbridge.importer.keras;

import org.jspecify.annotations.NullMarked;
