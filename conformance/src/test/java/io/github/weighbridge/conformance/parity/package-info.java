/** What Keras computed, against every way through the house. */
@NullMarked
package io.github.weighbridge.conformance.parity;

import org.jspecify.annotations.NullMarked;
