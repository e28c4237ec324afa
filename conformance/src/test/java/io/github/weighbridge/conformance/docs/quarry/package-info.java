/** The example of docs/custom-layers.md. */
@NullMarked
package io.github.weighbridge.conformance.docs.quarry;

import org.jspecify.annotations.NullMarked;
