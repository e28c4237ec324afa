/**
 * Models to DL4J zips, layer by layer: one writer per layer record, listed in {@link
 * io.github.weighbridge.exporter.dl4j.Dl4jWriters} with the reasons of those that DL4J cannot hold.
 *
 * <p>Every call of a Keras layer becomes one or several DL4J layers or vertices; the last of them
 * has the call's name, so that its output is that of the Keras layer. Arrays keep Keras's layouts
 * (NHWC, NWC). What is written is exact or refused: a network predicts what the model predicts.
 */
@NullMarked
package io.github.weighbridge.exporter.dl4j;

import org.jspecify.annotations.NullMarked;
