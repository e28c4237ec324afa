/** Tests that need the whole house: architecture, ONNX Runtime, DL4J itself. */
@NullMarked
package io.github.weighbridge.conformance;

import org.jspecify.annotations.NullMarked;
