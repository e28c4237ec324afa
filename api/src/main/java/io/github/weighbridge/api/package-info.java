/**
 * The door for conversion: {@link io.github.weighbridge.api.Models} opens models, writes them in
 * other formats and compares them. Loads no native code.
 */
@NullMarked
package io.github.weighbridge.api;

import org.jspecify.annotations.NullMarked;
