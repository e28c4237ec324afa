package io.github.weighbridge.formats.onnx;

import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes in topological order, and what stands at their borders. Values are known by name.
 *
 * @param name for people; not empty
 * @param inputs what is given from outside
 * @param initializers constants by name, in the order of the file; a graph inside an attribute has
 *     none and takes those of the graph around it
 * @param nodes the computation
 * @param outputs what is given back
 */
public record OnnxGraph(
    String name,
    List<OnnxValueInfo> inputs,
    Map<String, WeightRef> initializers,
    List<OnnxNode> nodes,
    List<OnnxValueInfo> outputs) {

  /** Copies the collections. */
  public OnnxGraph {
    inputs = List.copyOf(inputs);
    initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }
}
