/** From models to files. */
@NullMarked
package io.github.weighbridge.exporter;

import org.jspecify.annotations.NullMarked;
