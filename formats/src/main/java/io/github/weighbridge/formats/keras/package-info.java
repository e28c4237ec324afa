/** The containers that Keras of all generations writes, without any knowledge of layers. */
@NullMarked
package io.github.weighbridge.formats.keras;

import org.jspecify.annotations.NullMarked;
