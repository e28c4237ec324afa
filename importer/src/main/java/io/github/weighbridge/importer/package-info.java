/** From trees and weight indexes to models. */
@NullMarked
package io.github.weighbridge.importer;

import org.jspecify.annotations.NullMarked;
