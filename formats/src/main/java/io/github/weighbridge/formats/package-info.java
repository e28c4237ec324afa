/** Bytes to plain data and back, without meaning. */
@NullMarked
package io.github.weighbridge.formats;

import org.jspecify.annotations.NullMarked;
