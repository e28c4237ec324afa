/** What this house writes for DL4J, restored and run by DL4J itself. */
@NullMarked
package io.github.weighbridge.conformance.dl4j;

import org.jspecify.annotations.NullMarked;
