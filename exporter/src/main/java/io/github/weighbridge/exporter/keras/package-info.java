/**
 * Models as Keras files: the graph of layers becomes a canonical tree, which the dialect of a
 * generation spells; the weights are laid out as that generation keeps them. Before that the model
 * is fitted to what the generation has: layers by {@code Fitting}, functions by {@code
 * FunctionFitting} with the rules of {@code ComposedCalls}.
 */
@NullMarked
package io.github.weighbridge.exporter.keras;

import org.jspecify.annotations.NullMarked;
