/** What the documents say, held to what the code does. */
@NullMarked
package io.github.weighbridge.conformance.docs;

import org.jspecify.annotations.NullMarked;
