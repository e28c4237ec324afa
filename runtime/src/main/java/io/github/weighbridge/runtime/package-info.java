/** Runs models on ND4J: the plan, its kernels, their gradients. */
@NullMarked
package io.github.weighbridge.runtime;

import org.jspecify.annotations.NullMarked;
