/**
 * Models as Keras files: the graph of layers becomes a canonical tree, which the dialect of a
 * generation spells; the weights are laid out as that generation keeps them.
 */
@NullMarked
package io.github.weighbridge.exporter.keras;

import org.jspecify.annotations.NullMarked;
