/** The door for conversion, free of native code. */
@NullMarked
package io.github.weighbridge.api;

import org.jspecify.annotations.NullMarked;
