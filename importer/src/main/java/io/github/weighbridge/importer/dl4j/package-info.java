/**
 * Models out of DL4J's configurations and parameters.
 *
 * <p>{@link io.github.weighbridge.importer.dl4j.Dl4jNetwork} gives both kinds of network one form:
 * vertices in the order of the parameter vector. {@link
 * io.github.weighbridge.importer.dl4j.Dl4jReaders} lists the reader of every layer and vertex; each
 * adds the calls of layers that compute the same.
 */
@NullMarked
package io.github.weighbridge.importer.dl4j;

import org.jspecify.annotations.NullMarked;
