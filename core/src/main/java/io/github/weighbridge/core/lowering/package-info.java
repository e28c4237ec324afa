/**
 * From layers to operations: one file per layer, which is the home of its mathematics. {@link
 * io.github.weighbridge.core.lowering.ModelLowering} is the door.
 */
@NullMarked
package io.github.weighbridge.core.lowering;

import org.jspecify.annotations.NullMarked;
