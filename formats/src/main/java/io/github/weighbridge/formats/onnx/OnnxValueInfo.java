package io.github.weighbridge.formats.onnx;

import io.github.weighbridge.core.tensor.TensorType;

/**
 * A value at a graph's border.
 *
 * @param name unique within the graph
 * @param type its element type and shape; symbolic dimensions keep their names
 */
public record OnnxValueInfo(String name, TensorType type) {}
