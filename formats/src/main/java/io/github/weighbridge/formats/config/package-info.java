/**
 * Configurations as text: JSON as Python writes it, and YAML as data only; both become a {@link
 * io.github.weighbridge.core.config.Tree}.
 */
@NullMarked
package io.github.weighbridge.formats.config;

import org.jspecify.annotations.NullMarked;
