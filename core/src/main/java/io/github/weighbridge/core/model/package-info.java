/** Models: a network of layers, the table of its instances, and where they came from. */
@NullMarked
package io.github.weighbridge.core.model;

import org.jspecify.annotations.NullMarked;
