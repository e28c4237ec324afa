/** Zip archives, read without trust and written in one forward pass. */
@NullMarked
package io.github.weighbridge.formats.archive;

import org.jspecify.annotations.NullMarked;
