/**
 * Graphs of operations to ONNX files.
 *
 * <p>{@link io.github.weighbridge.exporter.onnx.OnnxExporter} is the door. Each operation, or
 * family of them, has one translator named after it ({@code ConvToOnnx}); {@code OnnxTranslators}
 * lists them all. A translator turns one step into nodes, through the {@code OnnxContext}, which
 * knows the names, shares the constants and remembers what cannot be expressed.
 *
 * <p>Targets: opsets 13 to 23, and of what these allow, what ONNX Runtime runs on a CPU. Where an
 * operator is newer than the opset it is composed from older ones.
 */
@NullMarked
package io.github.weighbridge.exporter.onnx;

import org.jspecify.annotations.NullMarked;
