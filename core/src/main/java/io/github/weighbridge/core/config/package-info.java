/**
 * Configurations as plain data: an immutable {@link io.github.weighbridge.core.config.Tree} whose
 * nodes know where in their document they stand, and the binder that fills records from it.
 */
@NullMarked
package io.github.weighbridge.core.config;

import org.jspecify.annotations.NullMarked;
