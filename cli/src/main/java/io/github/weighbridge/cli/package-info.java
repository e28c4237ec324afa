/** The command line. */
@NullMarked
package io.github.weighbridge.cli;

import org.jspecify.annotations.NullMarked;
