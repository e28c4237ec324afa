/** What damaged files are answered with. */
@NullMarked
package io.github.weighbridge.conformance.hostile;

import org.jspecify.annotations.NullMarked;
