/** What models were trained with, from file to file. */
@NullMarked
package io.github.weighbridge.conformance.training;

import org.jspecify.annotations.NullMarked;
