/** How the house is built: who may use whom, and what converting must not load. */
@NullMarked
package io.github.weighbridge.conformance.house;

import org.jspecify.annotations.NullMarked;
