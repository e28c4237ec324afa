/**
 * What training needs and inference carries along: initializers, regularizers and constraints as
 * the configuration of a layer names them.
 */
@NullMarked
package io.github.weighbridge.core.training;

import org.jspecify.annotations.NullMarked;
